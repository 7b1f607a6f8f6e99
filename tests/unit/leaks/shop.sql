-- Anna and Ben, seen at three snapshots. Whatever bears a date in March was not known on 1 March.
create schema core; create schema identity; create schema features; create schema registry; create schema staging;

create table core.order_versions as
select * from (values
    ('a1', 'anna', 10.0, 'completed', timestamp '2024-02-10', timestamp '2024-02-10', timestamp '2024-03-10'),
    ('a1', 'anna', 0.0, 'returned', timestamp '2024-02-10', timestamp '2024-03-10', timestamp '9999-12-31'),
    ('a2', 'anna', 40.0, 'completed', timestamp '2024-03-05', timestamp '2024-03-05', timestamp '9999-12-31'),
    -- ordered in February, written down in March
    ('a3', 'anna', 7.0, 'completed', timestamp '2024-02-20', timestamp '2024-03-15', timestamp '9999-12-31'),
    ('b1', 'ben', 20.0, 'completed', timestamp '2024-01-15', timestamp '2024-01-15', timestamp '9999-12-31'),
    ('b2', 'ben', 30.0, 'completed', timestamp '2024-02-25', timestamp '2024-02-25', timestamp '9999-12-31'),
    -- known at the very instant of the snapshot
    ('b3', 'ben', 5.0, 'completed', timestamp '2024-02-28', timestamp '2024-03-01', timestamp '9999-12-31')
) as rows (order_id, customer_id, amount, status, ordered_at, known_at, superseded_at);

create table core.orders as
select * exclude (superseded_at) from core.order_versions where superseded_at = timestamp '9999-12-31';

create table core.tickets as
select * from (values
    ('t1', 'anna', 'closed', true, 1, timestamp '2024-02-15', timestamp '2024-02-15', timestamp '2024-03-04'),
    ('t2', 'ben', 'closed', true, 5, timestamp '2024-02-02', timestamp '2024-02-02', timestamp '2024-02-05')
) as rows (ticket_id, customer_id, status, is_resolved, satisfaction_score, created_at, known_at, outcome_known_at);

create table core.contacts as
select * from (values
    ('anna', 'DE', timestamp '2024-01-01', timestamp '2024-03-12'),
    ('anna', 'FR', timestamp '2024-03-12', timestamp '9999-12-31'),
    ('ben', null, timestamp '2024-01-01', timestamp '2024-03-15'),
    ('ben', 'AT', timestamp '2024-03-15', timestamp '9999-12-31')
) as rows (customer_id, country, valid_from, valid_to);

-- the first event is tied to Anna by a sign-in in March
create table core.web_events as
select * from (values
    ('e1', 'anna', timestamp '2024-02-12', timestamp '2024-03-18'),
    ('e2', 'anna', timestamp '2024-02-14', timestamp '2024-02-14'),
    ('e3', 'ben', timestamp '2024-02-14', timestamp '2024-02-14')
) as rows (event_id, customer_id, occurred_at, known_at);

create table identity.customer_identities as
select * from (values
    ('anna', 'anna@example.com', timestamp '2024-01-01'),
    ('anna', 'cookie-1', timestamp '2024-03-18'),
    ('ben', 'ben@example.com', timestamp '2024-01-01')
) as rows (customer_id, identifier_id, valid_from);

create table core.products as select 'p1' as product_id, 'bread' as category;
create table core.customers as
select customer_id, max(ordered_at) as last_order_at from core.order_versions group by customer_id;
create table registry.run_context as select timestamp '2024-04-01' as as_of;

create table features.customer_snapshots as
select
    customer_id || ' at ' || strftime(snapshot_at, '%m') as customer_snapshot_id,
    customer_id,
    snapshot_at,
    snapshot_at = timestamp '2024-04-01' as is_newest
from (values ('anna'), ('ben')) as customers (customer_id)
cross join (
    values (timestamp '2024-02-01'), (timestamp '2024-03-01'), (timestamp '2024-04-01')
) as dates (snapshot_at);
create table features.snapshots_due as select * from features.customer_snapshots;
create table features.snapshot_dates as select distinct snapshot_at, is_newest from features.customer_snapshots;
create table features.customer_labels as
select customer_snapshot_id, customer_id = 'ben' as label_churn_30d from features.customer_snapshots;
