-- When in the year and the week. The year is the last twelve months that lie between the first and
-- the last order as a whole: fewer months would mistake growth for season.
with

months as (

    select
        date_trunc('month', ordered_at)::date as month,
        count(*) as orders,
        sum(amount) filter (where is_main_currency)::double as revenue

    from purchases

    group by month

),

whole_months as (

    select * from months
    where month >= (select min(day) from purchase_days)
        and last_day(month) <= (select max(day) from purchase_days)

),

last_year as (

    select
        count(*) as months,
        sum(orders) / sum(day(last_day(month))) as orders_a_day,
        sum(orders) filter (where month(month) = 12) / 31 as december_orders_a_day,
        sum(revenue) filter (where month(month) in (11, 12)) / nullif(sum(revenue), 0)
            as november_december_share

    from whole_months

    where month > (select max(month) - interval 12 month from whole_months)

),

weekdays as (

    select
        isodow(ordered_at) as weekday,
        count(*) / (select count(*) from purchases) as share

    from purchases

    group by weekday

)

select
    case when months = 12 then december_orders_a_day / orders_a_day end as december_over_mean_month,
    case when months = 12 then november_december_share end as november_december_share,
    (select coalesce(sum(share) filter (where weekday >= 6), 0) from weekdays having count(*) > 0)
        as weekend_share,
    (select max(share) from weekdays) as busiest_weekday_share,
    -- A weekday on which nobody ever ordered is the quietest, and has no row.
    (select case when count(*) = 7 then min(share) when count(*) > 0 then 0 end from weekdays)
        as quietest_weekday_share

from last_year
