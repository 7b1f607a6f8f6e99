-- How long customers stay away. The variation of one customer's gaps is their standard deviation
-- over their mean: 0 is clockwork, 1 is chance; three gaps are the fewest it is computed from.
with

gaps as (

    select
        customer,
        day - lag(day) over (partition by customer order by day) as gap_days

    from purchase_days

),

rhythms as (

    select stddev_samp(gap_days) / avg(gap_days) as variation from gaps
    where gap_days is not null
    group by customer
    having count(*) >= 3

)

select
    quantile_cont(gap_days, 0.1) as gap_days_p10,
    median(gap_days) as gap_days_median,
    quantile_cont(gap_days, 0.9) as gap_days_p90,
    (select median(variation) from rhythms) as gap_variation_median

from gaps
