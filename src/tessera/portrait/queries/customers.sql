-- How many customers, and how many orders each.
with

customers as (

    select
        customer,
        count(*) as orders

    from purchases

    group by customer

),

rows_in as (

    select nullif(count(*), 0) as order_rows from feed_orders

)

select
    nullif(count(*), 0) as customers,
    sum(orders) as orders,
    (select date_diff('day', min(ordered_at), max(ordered_at)) + 1 from purchases) as days_observed,
    (select avg(is_main_currency::int) from purchases) as main_currency_share,
    (select order_rows - (select coalesce(sum(deliveries), 0) from orders) from rows_in)
        as orders_left_out,
    (select sum(deliveries - 1) from orders) as orders_repeated,
    avg(orders) as orders_per_customer_mean,
    median(orders) as orders_per_customer_median,
    quantile_cont(orders, 0.9) as orders_per_customer_p90,
    avg((orders = 1)::int) as one_time_share

from customers
