{{ config(enabled=is_connected('shopify')) }}
{# What the admin pages export stands beside what the API tells: both name the same columns. Of an order that
   both tell, only the API's copies count: the file says less of it, and not when. #}
with

told as (

    {{ vendor_rows('shopify', 'orders') }}

),

exported_orders as (

    select * from {{ ref('base_shopify__exported_orders') }}

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
        {{ shopify_list('line_items') }} as line_items,
        {{ shopify_list('refunds') }} as refunds,
        {{ shopify_list('shipping_lines') }} as shipping_lines
    from told

),

told_orders as (

    select distinct order_id from renamed

),

order_rows as (

    select * from renamed

    union all

    select exported_orders.*

    from exported_orders

    left join told_orders
        on exported_orders.order_id = told_orders.order_id

    where told_orders.order_id is null

)

select * from order_rows
