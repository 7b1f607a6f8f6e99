-- What lies in a basket. Goods sold by weight or volume come with quantities in the thousands; a
-- line of more than 100 is no count of things, and is left out of the units.
with

lines as (

    select
        hash(order_id) as order_key,
        quantity,
        coalesce(is_return, false) as is_return

    from feed_order_lines

    where order_id is not null

),

baskets as (

    select
        count(*) as lines,
        count(*) filter (where is_return) as returned_lines,
        sum(quantity) filter (where not is_return and quantity between 0 and 100) as units,
        nullif(count(distinct order_key) filter (where not is_return), 0) as orders

    from lines

)

select
    (lines - returned_lines) / orders as lines_per_basket_mean,
    units / orders as units_per_basket_mean,
    case when returned_lines > 0 then returned_lines / lines end as returned_lines_share

from baskets
