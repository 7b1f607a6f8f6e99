with

segments as (

    select * from {{ ref('customer_segments') }}

),

features as (

    select * from {{ ref('published_customer_features') }}

),

churn as (

    select
        customer_id,
        probability
    from {{ ref('customer_propensities') }}
    where target = 'churn_30d'

),

meanings as (

    select * from {{ ref('segment_meanings') }}

),

predicates as (

    select * from {{ ref('segment_predicates') }}

),

economics as (

    select * from {{ ref('segment_economics') }}

),

sized as (

    select
        segments.segment_id,
        segments.run_id,
        segments.as_of,
        segments.scored_at,
        count(*) as customers,
        count(*) filter (where segments.is_holdout) as holdout_customers,
        sum(features.orders_amount_sum_365d) as revenue,
        -- decimals add up to the same sum in any order
        cast(avg(cast(churn.probability as decimal(18, 12))) as double) as churn_rate

    from segments

    left join features
        on segments.customer_id = features.customer_id

    left join churn
        on segments.customer_id = churn.customer_id

    group by segments.segment_id, segments.run_id, segments.as_of, segments.scored_at

),

profiles as (

    select
        sized.segment_id,
        meanings.segment_name,
        meanings.macro_segment_name,
        sized.customers,
        cast(sized.customers as double) / sum(sized.customers) over () as share,
        sized.holdout_customers,
        meanings.description,
        meanings.strategy,
        meanings.kpi,
        meanings.owner,
        meanings.valid_from,
        meanings.valid_to,
        predicates.predicate_sql,
        predicates.predicate_fidelity,
        cast(sized.revenue as decimal(18, 2)) as revenue,
        cast(null as decimal(18, 2)) as predicted_value,
        sized.churn_rate,
        economics.cost_to_serve,
        cast(null as double) as monthly_change,
        sized.run_id,
        sized.as_of,
        sized.scored_at

    from sized

    left join meanings
        on sized.segment_id = meanings.segment_id

    left join predicates
        on sized.segment_id = predicates.segment_id

    left join economics
        on sized.segment_id = economics.segment_id

)

select * from profiles
order by segment_id
