{{ config(alias='customers') }}

with

run_context as (

    select * from {{ ref('run_context') }}

),

customers as (

    select * from {{ ref('customers') }}
    where
        {{ gate_is_open(ref('gate_scores')) }}
        and (
            {{ is_known_before('first_seen_at', '(select as_of from run_context)') }}
            or has_undated_trace
        )

),

orders as (

    select * from {{ ref('orders') }}
    where
        is_purchase
        and {{ is_known_before('known_at', '(select as_of from run_context)') }}

),

orders_of_customer as (

    select
        customer_id,
        min(ordered_at) as first_order_at,
        max(ordered_at) as last_order_at,
        count(*) as lifetime_orders,
        sum(amount) as lifetime_amount
    from orders
    group by customer_id

),

contacts as (

    select * from {{ ref('contacts') }}
    where
        {{ is_known_before('valid_from', '(select as_of from run_context)') }}
        and valid_to > (select as_of from run_context)

),

sources_of_customer as (

    select
        customer_id,
        {{ joined_text('source') }} as sources
    from (
        select distinct
            customer_id,
            source
        from {{ ref('customer_identifiers') }}
        where {{ is_known_before('valid_from', '(select as_of from run_context)') }}
    ) as sightings
    group by customer_id

),

published as (

    select
        customers.customer_id,
        case
            when {{ is_known_before('customers.first_seen_at', 'run_context.as_of') }}
                then customers.first_seen_at
        end as first_seen_at,
        case
            when {{ is_known_before('customers.first_seen_at', 'run_context.as_of') }}
                then greatest(
                    customers.first_seen_at,
                    coalesce(orders_of_customer.last_order_at, customers.first_seen_at)
                )
        end as last_seen_at,
        orders_of_customer.first_order_at,
        cast(coalesce(orders_of_customer.lifetime_orders, 0) as bigint) as lifetime_orders,
        cast(coalesce(orders_of_customer.lifetime_amount, 0) as decimal(18, 2)) as lifetime_amount,
        contacts.country,
        contacts.email_consent,
        contacts.sms_consent,
        sources_of_customer.sources,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from customers

    cross join run_context

    left join orders_of_customer
        on customers.customer_id = orders_of_customer.customer_id

    left join contacts
        on customers.customer_id = contacts.customer_id

    left join sources_of_customer
        on customers.customer_id = sources_of_customer.customer_id

)

select * from published
order by customer_id
