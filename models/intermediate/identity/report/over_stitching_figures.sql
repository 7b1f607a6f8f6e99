{# Signs that two people have become one customer. #}
with

customers as (

    select * from {{ ref('customer_sizes') }}

),

limits as (

    select
        meets_type as identifier_type,
        most
    from {{ ref('identity_limits') }}
    where identifier_type = 'person'

),

held as (

    {% for column in strong_reference_columns() -%}
    select
        customer_id,
        '{{ column }}' as identifier_type,
        {{ column }}_count as identifiers
    from customers
    where {{ column }}_count > 0
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

usual as (

    select
        identifier_type,
        max(identifiers) as largest,
        percentile_cont(0.999) within group (order by identifiers) as p999
    from held
    group by identifier_type

),

unusual as (

    select
        held.identifier_type,
        count(*) as customers

    from held

    inner join usual
        on held.identifier_type = usual.identifier_type

    where held.identifiers > usual.p999

    group by held.identifier_type

),

beyond_limits as (

    select
        limits.identifier_type,
        count(held.customer_id) as customers

    from limits

    left join held
        on
            limits.identifier_type = held.identifier_type
            and limits.most < held.identifiers

    group by limits.identifier_type

),

over_stitching_figures as (

    select
        {{ figure('over_stitching', 'largest_customer', 'max(identifiers)', "'identifiers'") }}
    from customers

    union all

    select
        {{ figure('over_stitching', 'largest_customer', 'largest', 'identifier_type') }}
    from usual

    union all

    select
        {{ figure('over_stitching', 'identifiers_of_99_9_percent', 'p999', 'identifier_type') }}
    from usual

    union all

    select
        {{ figure('over_stitching', 'customers_beyond_99_9_percent', 'customers', 'identifier_type') }}
    from unusual

    union all

    select
        {{ figure('over_stitching', 'customers_beyond_a_limit', 'customers', 'identifier_type') }}
    from beyond_limits

)

select * from over_stitching_figures
