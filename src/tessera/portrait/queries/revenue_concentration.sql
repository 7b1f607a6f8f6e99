-- How much of the revenue comes from how few. Gini: 0 when all spend the same, towards 1 when one
-- customer spends everything (from the ranks: 2 Σ rank·revenue / (n Σ revenue) − (n + 1) / n).
with

revenues as (

    select greatest(sum(amount), 0)::double as revenue from purchases
    where is_main_currency
    group by customer

),

ranked as (

    select
        revenue,
        row_number() over (order by revenue desc) as place,
        count(*) over () as customers

    from revenues

),

totals as (

    select
        max(customers) as customers,
        nullif(sum(revenue), 0) as revenue,
        sum(revenue) filter (where place <= ceil(0.01 * customers)) as top_1,
        sum(revenue) filter (where place <= ceil(0.1 * customers)) as top_10,
        sum(revenue) filter (where place <= ceil(0.2 * customers)) as top_20,
        sum((customers - place + 1) * revenue) as ranked_revenue

    from ranked

)

select
    top_1 / revenue as revenue_top_1_share,
    top_10 / revenue as revenue_top_10_share,
    top_20 / revenue as revenue_top_20_share,
    2 * ranked_revenue / (customers * revenue) - (customers + 1) / customers as revenue_gini

from totals
