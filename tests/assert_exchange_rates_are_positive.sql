-- A rate of nothing would make every order in that currency worthless, or priceless.
select *
from {{ ref('exchange_rates') }}
where units_per_eur <= 0
