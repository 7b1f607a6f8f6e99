with

identities as (

    select * from {{ ref('customer_identities') }}
    where is_strong and {{ is_known_before('valid_from', '(select as_of from ' ~ ref('run_context') ~ ')') }}

),

types_that_meet as (

    select identifier_type_a as identifier_type
    from {{ ref('identifier_pairs') }}
    where is_strong
    union
    select identifier_type_b as identifier_type
    from {{ ref('identifier_pairs') }}
    where is_strong

),

orders as (

    -- as in core, which this must not read: core waits until the report has been judged
    select
        reference_customers.customer_id,
        count(*) as orders

    from {{ ref('stg_feeds__orders') }} as orders

    inner join {{ ref('reference_customers') }} as reference_customers
        on {{ is_row_of_customer('orders', 'ordered_at') }}

    where {{ is_known_before('orders.known_at', '(select as_of from ' ~ ref('run_context') ~ ')') }}

    group by reference_customers.customer_id

),

customer_sizes as (

    select
        identities.customer_id,
        min(identities.identifier_type) filter (
            where identities.identifier_id = identities.customer_id
        ) as oldest_type,
        count(*) as identifiers,
        {% for column in strong_reference_columns() -%}
        count(*) filter (where identities.identifier_type = '{{ column }}') as {{ column }}_count,
        {% endfor -%}
        bool_or(
            identities.identifier_type in (select identifier_type from types_that_meet)
        ) as has_type_that_meets,
        coalesce(max(orders.orders), 0) as orders

    from identities

    left join orders
        on identities.customer_id = orders.customer_id

    group by identities.customer_id

)

select * from customer_sizes
