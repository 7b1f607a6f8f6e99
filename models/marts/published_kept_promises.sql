{{ config(alias='kept_promises') }}

with

promises as (

    select * from {{ ref('kept_promises') }}
    where {{ gate_is_open(ref('gate_promises')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

promises_known_by_now as (

    -- a replay sees what was settled by its day, as it was settled first
    select
        promises.*,
        row_number() over (
            partition by promises.target, promises.snapshot_at, promises.metric
            order by promises.realised_as_of asc nulls last
        ) as place

    from promises

    inner join run_context
        on
            promises.feeds_folder = run_context.feeds_folder
            and promises.snapshot_at <= run_context.as_of
            and coalesce(promises.realised_as_of, run_context.as_of) <= run_context.as_of

),

kept_promises as (

    select
        promises_known_by_now.target,
        promises_known_by_now.model_id,
        promises_known_by_now.snapshot_at,
        promises_known_by_now.closes_at,
        promises_known_by_now.metric,
        promises_known_by_now.promised_value,
        promises_known_by_now.promised_low,
        promises_known_by_now.promised_high,
        promises_known_by_now.realised_value,
        promises_known_by_now.realised_low,
        promises_known_by_now.realised_high,
        promises_known_by_now.gap,
        promises_known_by_now.customers_scored,
        promises_known_by_now.customers_seen_again,
        promises_known_by_now.positives,
        promises_known_by_now.realised_as_of,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from promises_known_by_now

    cross join run_context

    where promises_known_by_now.place = 1

)

select * from kept_promises
order by target, snapshot_at, metric
