{{ config(enabled=is_connected('shopify')) }}
{# Lines as they were bought, a line for each part that was refunded, and one set aside for each list that
   cannot be read. #}
with

order_lines as (

    select * from {{ ref('base_shopify__numbered_lines') }}

),

returned_lines as (

    select * from {{ ref('base_shopify__returned_lines') }}

),

unread_lists as (

    select * from {{ ref('base_shopify__unread_lists') }}

),

bought as (

    select
        feed_file,
        feed_row,
        order_id,
        line_number,
        product_id,
        coalesce(cast(quantity as string), quantity_told) as quantity,
        coalesce(
            cast(cast({{ without_tax('unit_price', 'tax_share') }} as decimal(18, 9)) as string), price_told
        ) as unit_price,
        cast({{ without_tax('line_discount', 'tax_share') }} as decimal(18, 2)) as discount_amount,
        false as is_return,
        recorded_at,
        cast(null as string) as rejected_column,
        cast(null as string) as rejected_reason
    from order_lines

),

unread as (

    select
        feed_file,
        feed_row,
        order_id,
        cast(null as bigint) as line_number,
        cast(null as string) as product_id,
        cast(null as string) as quantity,
        cast(null as string) as unit_price,
        cast(null as decimal(18, 2)) as discount_amount,
        cast(null as boolean) as is_return,
        cast(null as string) as recorded_at,
        list_name as rejected_column,
        'is no JSON list' as rejected_reason
    from unread_lists

),

renamed as (

    select * from bought

    union all

    select * from returned_lines

    union all

    select * from unread

)

select * from renamed
