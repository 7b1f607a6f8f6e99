-- Of the customers known by the end of a month, how many ordered in it; the mean over the months
-- that lie between the first and the last order as a whole.
with

customer_months as (

    select distinct
        customer,
        date_trunc('month', day)::date as month

    from purchase_days

),

arrivals as (

    select min(month) as month from customer_months
    group by customer

),

arrivals_by_month as (

    select month, count(*) as arrived from arrivals
    group by month

),

active_by_month as (

    select month, count(*) as active from customer_months
    group by month

),

months as (

    select
        active_by_month.month,
        active_by_month.active,
        sum(arrivals_by_month.arrived) over (order by active_by_month.month) as known

    from active_by_month

    left join arrivals_by_month
        on active_by_month.month = arrivals_by_month.month

)

select avg(active / known) as active_monthly_share

from months

where month >= (select min(day) from purchase_days)
    and last_day(month) <= (select max(day) from purchase_days)
