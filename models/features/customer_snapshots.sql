with

customers as (

    select * from {{ ref('customers') }}
    where {{ gate_is_open(ref('gate_core')) }}

),

snapshot_dates as (

    select * from {{ ref('snapshot_dates') }}

),

customers_known_at_snapshot as (

    select
        {{ hashed("customers.customer_id || cast(snapshot_dates.snapshot_at as string)") }}
            as customer_snapshot_id,
        customers.customer_id,
        snapshot_dates.snapshot_at,
        snapshot_dates.is_newest

    from customers

    inner join snapshot_dates
        on
            {{ is_known_before('customers.first_seen_at', 'snapshot_dates.snapshot_at') }}
            or (customers.has_undated_trace and snapshot_dates.is_newest)

)

select * from customers_known_at_snapshot
