with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),

features as (

    -- the year as a circle: December lies beside January
    select
        customer_snapshot_id,
        cast(extract(month from snapshot_at) as bigint) as calendar_month,
        cast(extract(quarter from snapshot_at) as bigint) as calendar_quarter,
        sin(2 * pi() * extract(doy from snapshot_at) / 365.25) as calendar_day_of_year_sin,
        cos(2 * pi() * extract(doy from snapshot_at) / 365.25) as calendar_day_of_year_cos
    from snapshots

)

select * from features
