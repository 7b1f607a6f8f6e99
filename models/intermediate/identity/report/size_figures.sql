{# How many identifiers a customer holds, and how many hold one alone. #}
{% set classes = [
    ('1', 1, 1), ('2', 2, 2), ('3 to 5', 3, 5), ('6 to 10', 6, 10), ('11 to 20', 11, 20), ('21 to 50', 21, 50),
    ('more than 50', 51, 9223372036854775807),
] %}
with

customers as (

    select * from {{ ref('customer_sizes') }}

),

classes as (

    {% for words, low, high in classes -%}
    select
        '{{ words }}' as detail,
        {{ low }} as low,
        {{ high }} as high
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

{% for what in ['identifiers', 'contact_id_count'] %}
by_{{ what }} as (

    select
        classes.detail,
        count(customers.customer_id) as customers

    from classes

    left join customers
        on customers.{{ what }} between classes.low and classes.high

    group by classes.detail

),
{% endfor %}
singletons as (

    select * from customers
    where identifiers = 1

),

totals as (

    select
        count(*) as customers,
        count(*) filter (where identifiers = 1) as singletons,
        -- of a type that no row writes beside another, nothing could ever tie two together
        count(*) filter (where identifiers = 1 and has_type_that_meets) as linkable_singletons,
        count(*) filter (where has_type_that_meets) as linkable_customers
    from customers

),

size_figures as (

    select
        {{ figure('sizes', 'customers', 'customers') }}
    from totals

    union all

    select
        {{ figure('sizes', 'customers_by_identifiers', 'customers', 'detail') }}
    from by_identifiers

    union all

    select
        {{ figure('sizes', 'customers_by_contact_ids', 'customers', 'detail') }}
    from by_contact_id_count

    union all

    select
        {{ figure('singletons', 'customers_of_one_identifier', 'singletons') }}
    from totals

    union all

    select
        {{ figure('singletons', 'share_of_customers', 'singletons / nullif(customers, 0)') }}
    from totals

    union all

    select
        {{ figure(
            'singletons', 'share_of_linkable_customers', 'linkable_singletons / nullif(linkable_customers, 0)'
        ) }}
    from totals

    union all

    select
        {{ figure('singletons', 'customers_by_type', 'count(*)', 'oldest_type') }}
    from singletons
    group by oldest_type

)

select * from size_figures
