-- What an order is worth, in the main currency.
select
    avg(amount) as basket_mean,
    median(amount) as basket_median,
    quantile_cont(amount, 0.9) / nullif(median(amount), 0) as basket_p90_over_median

from purchases

where is_main_currency
