{{ config(enabled=is_connected('shopify')) }}
{# The orders of the admin pages' file, in the columns of the API's. #}
with

exported_rows as (

    select * from {{ ref('base_shopify__exported_rows') }}

),

exported_orders as (

    select
        feed_file,
        feed_row,
        order_id,
        cast(null as string) as customer_ref,
        email,
        phone,
        location as store_id,
        currency,
        subtotal as subtotal_price,
        {{ shop_amount('subtotal') }} as subtotal,
        case
            when lower(financial_status) = 'partially_refunded'
                then cast(
                    {{ shop_amount('subtotal') }}
                    * (1 - {{ shop_amount('refunded_amount') }} / nullif({{ shop_amount('total') }}, 0))
                    as decimal(18, 4)
                )
        end as subtotal_left,
        {{ shop_amount('discount_amount') }} as discount,
        {{ shop_amount('shipping') }} as shipping,
        {{ shop_amount('taxes') }} as tax,
        cast(null as string) as cost_amount,
        {{ shopify_channel('source') }} as channel,
        lower(financial_status) as financial_status,
        {{ shop_amount('total') }} - {{ shop_amount('subtotal') }} - {{ shop_amount('shipping') }}
        < {{ shop_amount('taxes') }} as is_tax_included,
        false as is_test,
        false as is_deleted,
        created_at as placed_at,
        created_at,
        cast(null as string) as updated_at,
        cancelled_at,
        cast(null as string) as line_items,
        cast(null as string) as refunds,
        cast(null as string) as shipping_lines
    from exported_rows
    where line_number = 1

)

select * from exported_orders
