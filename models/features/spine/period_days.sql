with

periods as (

    select * from {{ ref('periods') }}

),

days as (

    select day_start_at
    from ({{ day_starts(
        '(select min(starts_at) from ' ~ ref('periods') ~ ')',
        '(select max(starts_at) from ' ~ ref('periods') ~ ')'
    ) }}) as days

),

period_days as (

    -- facts find their period by equality on the day, and few pieces lie in one day
    select
        cast(days.day_start_at as date) as day,
        periods.starts_at,
        periods.ends_at,
        periods.period

    from days

    inner join periods
        on
            days.day_start_at + interval '1' day > periods.starts_at
            and days.day_start_at < periods.ends_at

)

select * from period_days
order by day, starts_at
