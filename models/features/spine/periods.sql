with

snapshots as (

    select distinct snapshot_at from {{ ref('snapshots_due') }}

),

edges as (

    select snapshot_at as starts_at from snapshots
    {% for days in window_days() -%}
    union
    select snapshot_at - interval '{{ days }}' day from snapshots
    {% endfor -%}
    {% for window in last_year_windows() -%}
    union
    select snapshot_at - interval '{{ 365 + window.days }}' day from snapshots
    {% endfor %}
),

periods as (

    select
        cast(row_number() over (order by starts_at nulls first) as integer) as period,
        starts_at,
        coalesce(lead(starts_at) over (order by starts_at nulls first), timestamp '9999-12-31') as ends_at
    from edges

)

select * from periods
