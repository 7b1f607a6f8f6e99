-- One row per order that was not cancelled: what customers did.
create or replace temporary view purchases as
select * from orders
where coalesce(status, '') <> 'cancelled'
