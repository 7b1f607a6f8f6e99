with

snapshots as (

    select distinct snapshot_at from {{ ref('snapshots_due') }}

),

periods as (

    -- what lies before the first edge is older than every window
    select
        0 as period,
        timestamp '1970-01-01' as starts_at

    union all

    select
        period,
        starts_at
    from {{ ref('periods') }}

),

snapshot_periods as (

    select
        snapshots.snapshot_at,
        periods.period,
        own_periods.period as snapshot_period,
        {{ window_bucket('periods.starts_at', 'snapshots.snapshot_at') }} as window_days,
        case
            when {{ is_in_window('periods.starts_at', 'snapshots.snapshot_at', 365) }} then null
            {% for window in last_year_windows() -%}
            when {{ is_in_window('periods.starts_at', 'snapshots.snapshot_at', 365 + window.days) }}
                then {{ window.days }}
            {% endfor -%}
        end as last_year_window_days

    from snapshots

    inner join periods as own_periods
        on snapshots.snapshot_at = own_periods.starts_at

    inner join periods
        on own_periods.period > periods.period

)

select * from snapshot_periods
order by snapshot_at, period
