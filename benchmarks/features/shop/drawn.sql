-- What several tables are made of.
create or replace temp table drawn_orders as
select
    number,
    id_of('customer', customer_of(number, 'customer of order')) as customer_id,
    'order-' || number as order_id,
    1 + pick(number, 'lines', 4, 1) as lines,
    share(number, 'discounted') < 0.2 as is_discounted,
    case
        when share(number, 'status') < 0.03 then 'cancelled' when share(number, 'status') < 0.08 then 'returned'
        else 'completed'
    end as status,
    happened_at as ordered_at,
    known_since(number, happened_at) as known_at
from facts(10);

create or replace temp view drawn_order_lines as
select
    drawn_orders.*,
    line_number,
    number * 10 + line_number as line,
    pick(number * 10 + line_number, 'product', 20000, 2) as product,
    cast(1 + pick(number * 10 + line_number, 'quantity', 3, 2) as decimal(18, 3)) as quantity,
    cast(1 + floor(100 * share(number * 10 + line_number, 'price')) as decimal(28, 9)) as unit_price
from (select *, unnest(range(1, lines + 1)) as line_number from drawn_orders) as drawn_orders;

-- visits of 1 to 15 events, 8 on average
create or replace temp table drawn_sessions as
select
    number,
    customer_of(number, 'customer of session') as customer,
    id_of('customer', customer) as customer_id,
    id_of('visitor', customer) as visitor_id,
    1 + pick(number, 'events', 15, 1) as events,
    pick_of(number, 'device', ['mobile', 'mobile', 'desktop', 'tablet']) as device,
    pick_of(number, 'source', ['google', 'newsletter', 'instagram', null, null]) as utm_source,
    happened_at as started_at,
    known_since(number, happened_at) as known_at
from facts(12.5);
