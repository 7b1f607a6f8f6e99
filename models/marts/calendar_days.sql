with

snapshot_dates as (

    select * from {{ ref('snapshot_dates') }}
    where {{ gate_is_open(ref('gate_scores')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

bounds as (

    select
        date_trunc('month', min(snapshot_at)) as first_at,
        max(snapshot_at) as last_at
    from snapshot_dates

),

days as (

    {{ day_starts('(select first_at from bounds)', '(select last_at from bounds)') }}

),

calendar_days as (

    select
        cast(days.day_start_at as date) as calendar_date,
        cast(date_trunc('week', days.day_start_at) as date) as week_start_date,
        cast(date_trunc('month', days.day_start_at) as date) as month_start_date,
        cast(date_trunc('quarter', days.day_start_at) as date) as quarter_start_date,
        cast(date_trunc('year', days.day_start_at) as date) as year_start_date,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from days

    cross join run_context

)

select * from calendar_days
order by calendar_date
