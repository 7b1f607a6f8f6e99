with

segments as (

    select * from {{ ref('customer_segments') }}

),

churn as (

    select * from {{ ref('customer_propensities') }}
    where target = 'churn_30d'

),

economics as (

    select * from {{ ref('customer_economics') }}

),

serving_costs as (

    select count(*) as entries from {{ ref('serving_costs') }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

summed as (

    -- what belongs to nobody has a row without a segment: nothing is left out of the sums
    select
        segments.segment_id,
        segments.segment_name,
        count(segments.customer_id) as customers,
        coalesce(sum(economics.orders), 0) as orders,
        coalesce(sum(economics.revenue), 0) as revenue,
        coalesce(sum(economics.discounts), 0) as discounts,
        coalesce(sum(economics.returned), 0) as returned,
        sum(economics.shipping) as shipping,
        coalesce(sum(economics.orders_with_cost), 0) as orders_with_cost,
        sum(economics.cost_of_goods) as cost_of_goods,
        sum(economics.margin) as margin,
        coalesce(sum(economics.cost_to_serve), 0) as cost_to_serve,
        -- decimals add up to the same sum in any order
        avg(cast(churn.probability as decimal(18, 12))) as churn_rate

    from segments

    full outer join economics
        on segments.customer_id = economics.customer_id

    left join churn
        on segments.customer_id = churn.customer_id

    group by segments.segment_id, segments.segment_name

),

known as (

    -- what no order tells is NULL; without orders it is nothing
    select
        summed.*,
        coalesce(summed.shipping, case when summed.orders = 0 then 0 end) as told_shipping,
        case
            when summed.orders = 0 or summed.orders_with_cost > 0 then coalesce(summed.cost_of_goods, 0)
        end as told_cost_of_goods,
        case
            when summed.orders = 0 or summed.orders_with_cost > 0 then coalesce(summed.margin, 0)
        end as told_margin,
        case when serving_costs.entries > 0 then summed.cost_to_serve end as told_cost_to_serve

    from summed

    cross join serving_costs

),

segment_economics as (

    select
        known.segment_id,
        known.segment_name,
        cast(known.customers as bigint) as customers,
        cast(known.orders as bigint) as orders,
        cast(known.revenue as decimal(18, 2)) as revenue,
        cast(known.discounts as decimal(18, 2)) as discounts,
        cast(known.returned as decimal(18, 2)) as returns,
        cast(known.told_shipping as decimal(18, 2)) as shipping,
        cast(known.orders_with_cost as bigint) as orders_with_cost,
        cast(known.told_cost_of_goods as decimal(18, 2)) as cost_of_goods,
        cast(known.told_margin as decimal(18, 2)) as margin,
        cast(known.told_cost_to_serve as decimal(18, 2)) as cost_to_serve,
        -- margins of a part of the orders are not to be set against all costs of serving
        cast(
            case when known.orders_with_cost = known.orders
                then known.told_margin + coalesce(known.told_shipping, 0) - known.told_cost_to_serve end
            as decimal(18, 2)
        ) as contribution,
        cast(known.churn_rate as double) as churn_rate,
        cast(null as decimal(18, 2)) as predicted_value,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from known

    cross join run_context

)

select * from segment_economics
order by segment_id nulls last
