{# The events that are read from tables of their own, with their properties; the others from `tracks`. Those of
   Segment's e-commerce specification, of signing up and in, and the last as an example of one's own. A name added here
   needs a line in models/staging/segment/_segment__sources.yml. #}
{% macro segment_event_tables() -%}
    {{ return([
        'products_searched',
        'product_list_viewed',
        'product_clicked',
        'product_viewed',
        'product_added',
        'product_removed',
        'product_added_to_wishlist',
        'cart_viewed',
        'checkout_started',
        'order_completed',
        'order_updated',
        'order_cancelled',
        'order_refunded',
        'signed_up',
        'signed_in',
        'price_comparison',
    ]) }}
{%- endmacro %}

{# What the shop got for the goods: after discounts, without tax and shipping. #}
{% macro segment_goods_amount() -%}
    coalesce(
        subtotal,
        revenue,
        cast(cast(
            {{ try_number('total') }} - coalesce({{ try_number('shipping') }}, 0) - coalesce({{ try_number('tax') }}, 0)
            as decimal(18, 2)
        ) as string)
    )
{%- endmacro %}
