-- One row per customer and day with an order. Shops differ in whether they split a day's shopping
-- into several orders; days compare.
create or replace temporary table purchase_days as
select distinct
    customer,
    ordered_at::date as day

from purchases
