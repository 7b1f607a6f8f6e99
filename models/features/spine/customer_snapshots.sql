with

customers as (

    select * from {{ ref('customers') }}
    where {{ gate_is_open(ref('gate_core')) }}

),

snapshot_dates as (

    select * from {{ ref('snapshot_dates') }}

),

history as (

    -- everybody is scored; learning needs no more than this many customers' past, and always the same ones
    select {{ validated_int_var('history_customers', 1, 100000000) }} / greatest(count(*), 1.0) as share
    from customers
    where {{ is_known_before('first_seen_at', '(select max(snapshot_at) from snapshot_dates)') }}

),

customers_known_at_snapshot as (

    select
        {{ hashed("customers.customer_id || cast(snapshot_dates.snapshot_at as string)") }}
            as customer_snapshot_id,
        customers.customer_id,
        snapshot_dates.snapshot_at,
        snapshot_dates.is_newest

    from customers

    cross join history

    inner join snapshot_dates
        on
            snapshot_dates.is_newest
            and (
                {{ is_known_before('customers.first_seen_at', 'snapshot_dates.snapshot_at') }}
                or customers.has_undated_trace
            )
            or not snapshot_dates.is_newest
            and {{ is_known_before('customers.first_seen_at', 'snapshot_dates.snapshot_at') }}
            and {{ hash_share("customers.customer_id || ':history'") }} < history.share

)

select * from customers_known_at_snapshot
