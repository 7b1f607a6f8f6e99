-- Whether a first order is followed by another on a later day. Only customers whose first order
-- lies that long before the newest order of the shop can be judged: the others had no time yet.
with

first_days as (

    select
        min(day, 2)[1] as first_day,
        min(day, 2)[2] as second_day,
        (select max(day) from purchase_days) as last_day

    from purchase_days

    group by customer

),

observed as (

    select
        coalesce(second_day <= first_day + 90, false)::int as is_back_90d,
        coalesce(second_day <= first_day + 365, false)::int as is_back_365d,
        first_day + 90 <= last_day as is_observed_90d,
        first_day + 365 <= last_day as is_observed_365d

    from first_days

)

select
    avg(is_back_90d) filter (where is_observed_90d) as repeat_90d_share,
    nullif(count(*) filter (where is_observed_90d), 0) as repeat_90d_customers,
    avg(is_back_365d) filter (where is_observed_365d) as repeat_365d_share,
    nullif(count(*) filter (where is_observed_365d), 0) as repeat_365d_customers

from observed
