-- What became of orders. A shop whose orders all have one status does not say which were returned
-- or cancelled, one without any discount or cost does not say those: unknown, and not 0.
with

cancellations as (

    select
        count(distinct status) > 1 as is_told,
        avg((status = 'cancelled')::int) as share

    from orders

),

outcomes as (

    select
        count(*) as orders,
        count(*) filter (where discount_amount > 0) as discounted,
        count(discount_amount) > 0 as are_discounts_told,
        sum(amount) filter (where status = 'returned' and is_main_currency) as returned_amount,
        sum(amount) filter (where is_main_currency) as amount,
        sum(cost_amount) filter (where is_main_currency) as cost,
        sum(amount) filter (where is_main_currency and cost_amount is not null) as amount_with_cost

    from purchases

)

select
    case when are_discounts_told then discounted / orders end as discounted_share,
    case when is_told then coalesce(returned_amount, 0)::double / nullif(amount, 0) end
        as returned_value_share,
    case when is_told then share end as cancelled_share,
    1 - cost::double / nullif(amount_with_cost, 0) as gross_margin

from outcomes

cross join cancellations
