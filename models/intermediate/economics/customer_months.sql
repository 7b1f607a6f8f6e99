with

run_context as (

    select * from {{ ref('run_context') }}

),

snapshot_dates as (

    select * from {{ ref('snapshot_dates') }}
    where not is_newest

),

orders as (

    select * from {{ ref('order_economics') }}
    where {{ is_known_before('known_at', '(select as_of from run_context)') }}

),

customer_months as (

    -- months that begin with a snapshot: of these it is known who was in which segment
    select
        orders.customer_id,
        snapshot_dates.snapshot_at as month_started_at,
        count(*) filter (where orders.is_purchase) as orders,
        sum(orders.revenue) as revenue,
        sum(orders.returned_amount) as returned

    from orders

    inner join snapshot_dates
        on date_trunc('month', orders.ordered_at) = snapshot_dates.snapshot_at

    group by orders.customer_id, snapshot_dates.snapshot_at

)

select * from customer_months
