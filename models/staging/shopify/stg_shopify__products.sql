{{ config(enabled=is_connected('shopify')) }}
with

product_rows as (

    {{ vendor_rows('shopify', 'products') }}

),

renamed as (

    select
        feed_file,
        feed_row,
        {{ shopify_id('id') }} as product_id,
        title as name,
        {{ listed_field('shopify', 'products', 'category', 'product_type') }} as category,
        {{ listed_field('shopify', 'products', 'subcategory') }} as subcategory,
        {{ listed_field('shopify', 'products', 'brand', 'vendor') }} as brand,
        {{ listed_field('shopify', 'products', 'department') }} as department,
        updated_at as recorded_at
    from product_rows

)

select * from renamed
