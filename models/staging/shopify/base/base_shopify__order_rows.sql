{{ config(enabled=is_connected('shopify')) }}
{# What the admin pages export stands beside what the API tells: both name the same columns. #}
with

told as (

    {{ vendor_rows('shopify', 'orders') }}

),

exported as (

    select * from {{ ref('base_shopify__exported_rows') }}
    where line_number = 1

),

renamed as (

    select
        -- ids
        feed_file,
        feed_row,
        {{ shopify_id('id') }} as order_id,
        {{ shopify_id('coalesce(customer_id, ' ~ json_text('customer', 'id') ~ ')') }} as customer_ref,
        email,
        phone,
        {{ listed_field('shopify', 'orders', 'store_id', shopify_id('location_id')) }} as store_id,

        -- money, in the shop's currency
        currency,
        subtotal_price,
        {{ shop_amount('subtotal_price') }} as subtotal,
        {{ shop_amount('current_subtotal_price') }} as subtotal_left,
        {{ shop_amount('total_discounts') }} as discount,
        {{ shop_amount('total_shipping_price_set') }} as shipping,
        {{ shop_amount('total_tax') }} as tax,
        {{ listed_field('shopify', 'orders', 'cost_amount') }} as cost_amount,

        -- words
        {{ shopify_channel('source_name') }} as channel,
        lower(financial_status) as financial_status,
        {{ says_true('taxes_included') }} as is_tax_included,
        {{ says_true('test') }} as is_test,
        {{ says_true('_fivetran_deleted') }} as is_deleted,

        -- times
        coalesce(processed_at, created_at) as placed_at,
        created_at,
        updated_at,
        cancelled_at,

        -- what is nested
        line_items,
        refunds,
        shipping_lines
    from told

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
    from exported

),

order_rows as (

    select * from renamed

    union all

    select * from exported_orders

)

select * from order_rows
