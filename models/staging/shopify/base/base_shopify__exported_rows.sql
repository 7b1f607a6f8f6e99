{{ config(enabled=is_connected('shopify')) }}
{# The file of the admin pages: a row is a line, and only the first row of an order says what the order
   was. #}
with

exported as (

    {{ vendor_rows('shopify', 'orders_export') }}

),

exported_rows as (

    select
        *,
        coalesce(max({{ shopify_id('id') }}) over (partition by feed_file, name), name) as order_id,
        row_number() over (partition by feed_file, name order by feed_row asc nulls last) as line_number
    from exported

)

select * from exported_rows
