{{ config(enabled=is_connected('ga4')) }}

with

purchases as (

    select
        *,
        {{ ga4_transaction_id() }} as order_id
    from {{ ref('base_ga4__events') }}
    where event_name = 'purchase'

),

lines as (

    select
        feed_file,
        feed_row,
        order_id,
        coalesce(received_at, event_timestamp) as recorded_at,
        rejected_column,
        rejected_reason,
        unnest({{ json_positions('items') }}) as line_number,
        unnest({{ json_items('items') }}) as item
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
