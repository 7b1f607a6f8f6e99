{{ config(enabled=is_connected('shopify')) }}
{# Lines as they were bought, and a line for each part that was refunded. #}
with

order_lines as (

    select * from {{ ref('base_shopify__numbered_lines') }}

),

returned_lines as (

    select * from {{ ref('base_shopify__returned_lines') }}

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

renamed as (

    select * from bought

    union all

    select * from returned_lines

)

select * from renamed
