{# Shopify's notations. #}

{# An id without what copies put around it: gid://shopify/Order/123?key=x is 123, and so is 123.0. #}
{% macro shopify_id(column) -%}
    {{ replaced(column, '^gid://shopify/[A-Za-z]+/|[?].*$|[.]0+$') }}
{%- endmacro %}

{# The id of a part of something; a part without one is known by its place in the whole. #}
{% macro shopify_part_id(column, whole, position) -%}
    coalesce({{ shopify_id(column) }}, {{ whole }} || '#' || cast({{ position }} as string))
{%- endmacro %}

{# The place of a table's row among those of its file that belong to the same whole. #}
{% macro place_in_file(whole) -%}
    row_number() over (partition by feed_file, {{ whole }} order by feed_row asc nulls last)
{%- endmacro %}

{# A list that is nested; a single object is a list of one. #}
{% macro shopify_list(column) -%}
    case when left({{ column }}, 1) = '{' then '[' || {{ column }} || ']' else {{ column }} end
{%- endmacro %}

{# An amount as text, in the shop's own currency where it is told in two. #}
{% macro shop_money(column) -%}
    case
        when left({{ column }}, 1) = '{'
            then coalesce({{ json_text(column, 'shop_money.amount') }}, {{ json_text(column, 'shopMoney.amount') }})
        else {{ column }}
    end
{%- endmacro %}

{# An amount as a number; NULL when it is none, or more than any order is worth. #}
{% macro shop_amount(column) -%}
    try_cast({{ try_number(shop_money(column)) }} as decimal(18, 4))
{%- endmacro %}

{# An amount without the tax in it. #}
{% macro without_tax(amount, tax_share) -%}
    ({{ amount }} - {{ amount }} * {{ tax_share }})
{%- endmacro %}

{# What took an order, in the words of docs/feeds.md; another sales channel keeps the name or number of its app. #}
{% macro shopify_channel(source_name) -%}
    case
        when lower({{ source_name }}) in ('web', 'online', 'online_store', '580111') then 'web'
        when lower({{ source_name }}) in ('pos', 'point_of_sale', '129785') then 'store'
        when lower({{ source_name }}) in ('iphone', 'android') then 'app'
        else lower({{ source_name }})
    end
{%- endmacro %}
