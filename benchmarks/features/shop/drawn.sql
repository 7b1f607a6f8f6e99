-- What several tables are made of.
create or replace temp table drawn_orders as
select
    number,
    id_of('customer', customer_of(number, 'customer of order')) as customer_id,
    'order-' || number as order_id,
    1 + pick(number, 'lines', 4, 1) as lines,
    share(number, 'discounted') < 0.2 as is_discounted,
    share(number, 'status') < 0.03 as is_cancelled,
    share(number, 'status') > 0.95 as is_returned,
    happened_at as ordered_at,
    known_since(number, happened_at) as known_at,
    happened_at + to_seconds(2592000 * share(number, 'returned')) as returned_at
from facts(10);

-- what came back was an order like others until then, if anybody knew of it
create or replace temp table drawn_order_versions as
select
    *,
    case when is_cancelled then 'cancelled' when is_returned then 'returned' else 'completed' end as status,
    case when is_returned then greatest(known_at, returned_at) else known_at end as since_at,
    timestamp '9999-12-31' as superseded_at
from drawn_orders
union all
select
    *,
    'completed' as status,
    known_at as since_at,
    returned_at as superseded_at
from drawn_orders
where is_returned and known_at < returned_at;

create or replace temp view drawn_order_lines as
select
    orders.*,
    number * 10 + line_number as line,
    pick(number * 10 + line_number, 'product', 20000, 2) as product,
    cast(1 + pick(number * 10 + line_number, 'quantity', 3, 2) as decimal(18, 3)) as quantity,
    cast(1 + floor(100 * share(number * 10 + line_number, 'price')) as decimal(28, 9)) as unit_price
from (select *, unnest(range(1, lines + 1)) as line_number from drawn_order_versions) as orders;

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
