{% set horizons = prediction_target_vars() | map(attribute='horizon_days') | list %}
with

run_context as (

    select * from {{ ref('run_context') }}

),

snapshot_dates as (

    select * from {{ ref('snapshot_dates') }}

),

orders as (

    select * from {{ ref('orders') }}
    where is_purchase

),

history as (

    select
        run_context.observed_until,
        min(orders.ordered_at) as began_at

    from run_context

    inner join orders
        on {{ is_known_before('orders.known_at', 'run_context.as_of') }}

    group by run_context.observed_until

),

training_snapshots as (

    select
        snapshot_dates.snapshot_at,
        cast(floor({{ days_between('history.began_at', 'snapshot_dates.snapshot_at') }}) as bigint)
            as history_days

    from snapshot_dates

    inner join history
        on {{ is_horizon_closed('snapshot_dates.snapshot_at', horizons | min, 'history.observed_until') }}

)

select * from training_snapshots
order by snapshot_at
