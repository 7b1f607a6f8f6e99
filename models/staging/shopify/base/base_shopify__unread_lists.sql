{{ config(enabled=is_connected('shopify')) }}
{# What stands in place of a nested list: cut off, or in a notation that is not JSON. Nobody knows how many
   lines, refunds or refunded lines it was. #}
with

orders as (

    select * from {{ ref('base_shopify__orders') }}

),

refunds as (

    select * from {{ ref('base_shopify__refunds') }}

),

unread_lists as (
    {% for relation, column in [
        ('orders', 'line_items'), ('orders', 'refunds'),
        ('refunds', 'refund_line_items'), ('refunds', 'order_adjustments'),
    ] %}
    select
        feed_file,
        feed_row,
        order_id,
        '{{ column }}' as list_name
    from {{ relation }}
    where {{ is_no_json_list(column) }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}
)

select * from unread_lists
