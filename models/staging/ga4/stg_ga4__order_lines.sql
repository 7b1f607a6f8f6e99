{{ config(enabled=is_connected('ga4')) }}

with

purchases as (

    select
        *,
        {{ ga4_transaction_id() }} as order_id,
        {{ is_no_json_list('items') }} as is_no_list,
        {{ told_json_list('items') }} as told_items
    from {{ ref('base_ga4__events') }}
    where event_name = 'purchase'

),

lines as (

    select
        feed_file,
        feed_row,
        order_id,
        coalesce(received_at, event_timestamp) as recorded_at,
        coalesce(rejected_column, case when is_no_list then 'items' end) as rejected_column,
        coalesce(rejected_reason, case when is_no_list then 'is no JSON list' end) as rejected_reason,
        unnest({{ json_positions('told_items') }}) as line_number,
        unnest({{ json_items('told_items') }}) as item
    from purchases
    where order_id is not null

),

priced as (

    select
        *,
        coalesce({{ json_text('item', 'quantity') }}, '1') as quantity,
        {{ json_text('item', 'price') }} as price,
        {{ json_text('item', 'item_revenue') }} as item_revenue
    from lines

),

renamed as (

    select
        feed_file,
        feed_row,

        -- ids
        order_id,
        line_number,
        {{ known_to_ga4(json_text('item', 'item_id')) }} as product_id,

        -- amounts
        quantity,
        coalesce(
            price, cast({{ try_number('item_revenue') }} / nullif({{ try_number('quantity') }}, 0) as string)
        ) as unit_price,

        -- times
        recorded_at,

        rejected_column,
        rejected_reason

    from priced

)

select * from renamed
