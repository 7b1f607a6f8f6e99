-- To the cent: what the segments of a month sold is what was ordered in it, and members are counted once.
{% set as_of = '(select as_of from ' ~ ref('run_context') ~ ')' %}
with

ledger as (

    select
        cast(date_trunc('month', ordered_at) as date) as month_start_date,
        sum(amount) as revenue
    from {{ ref('orders') }}
    where is_purchase and {{ is_known_before('known_at', as_of) }}
    group by cast(date_trunc('month', ordered_at) as date)

),

members as (

    select
        cast(history.snapshot_at as date) as month_start_date,
        count(distinct history.customer_id) as customers

    from {{ ref('customer_segment_history') }} as history

    inner join {{ ref('snapshot_dates') }} as snapshot_dates
        on
            history.snapshot_at = snapshot_dates.snapshot_at
            and not snapshot_dates.is_newest

    group by cast(history.snapshot_at as date)

),

months as (

    select
        month_start_date,
        sum(revenue) as revenue,
        sum(customers) as customers
    from {{ ref('segment_months') }}
    group by month_start_date

)

select
    months.month_start_date,
    months.revenue,
    ledger.revenue as revenue_of_orders,
    months.customers,
    members.customers as customers_of_history
from months

left join ledger
    on months.month_start_date = ledger.month_start_date

left join members
    on months.month_start_date = members.month_start_date

where
    months.revenue != coalesce(ledger.revenue, 0)
    or months.customers != coalesce(members.customers, 0)
