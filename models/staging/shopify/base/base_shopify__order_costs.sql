{{ config(enabled=is_connected('shopify')) }}
{# What an order's goods cost, at what the shop pays for each today; unknown as long as that of one line
   is. #}
with

order_lines as (

    select * from {{ ref('base_shopify__order_lines') }}

),

variant_rows as (

    {{ vendor_rows('shopify', 'product_variants') }}

),

item_rows as (

    {{ vendor_rows('shopify', 'inventory_items') }}

),

lines as (

    select
        order_id,
        line_id,
        max(variant_id) as variant_id,
        max(quantity) as quantity
    from order_lines
    group by order_id, line_id

),

variants as (

    select
        {{ shopify_id('id') }} as variant_id,
        max({{ shopify_id('inventory_item_id') }}) as inventory_item_id
    from variant_rows
    group by {{ shopify_id('id') }}

),

items as (

    select
        {{ shopify_id('id') }} as inventory_item_id,
        max({{ shop_amount('cost') }}) as cost
    from item_rows
    group by {{ shopify_id('id') }}

),

order_costs as (

    select
        lines.order_id,
        case
            when count(*) = count(items.cost)
                then cast(sum(items.cost * lines.quantity) as decimal(18, 2))
        end as cost_amount

    from lines

    left join variants
        on lines.variant_id = variants.variant_id

    left join items
        on variants.inventory_item_id = items.inventory_item_id

    group by lines.order_id

)

select * from order_costs
