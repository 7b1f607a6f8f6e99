-- One row per order: the newest delivery of each order_id. Money is compared in the shop's main
-- currency only, the one of most orders.
create or replace temporary table orders as
with

deliveries as (

    select
        order_id,
        count(*) as deliveries,
        -- Fields are compared one after the other, so that equal times leave nothing to chance.
        max(struct_pack(
            delivered_at := coalesce(recorded_at, timestamp '1970-01-01'),
            ordered_at := ordered_at,
            amount := amount,
            status := lower(status),
            currency := coalesce(currency, ''),
            discount_amount := discount_amount,
            cost_amount := cost_amount,
            customer := customer
        )) as newest

    from feed_orders

    where order_id is not null
        and ordered_at is not null
        and amount is not null
        and customer is not null

    group by order_id

),

main_currency as (

    select newest.currency as currency from deliveries
    group by all
    order by count(*) desc, currency
    limit 1

)

select
    newest.customer as customer,
    newest.ordered_at as ordered_at,
    newest.amount as amount,
    newest.discount_amount as discount_amount,
    newest.cost_amount as cost_amount,
    newest.status as status,
    newest.currency = main_currency.currency as is_main_currency,
    deliveries

from deliveries

cross join main_currency
