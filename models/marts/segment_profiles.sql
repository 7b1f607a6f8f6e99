with

segments as (

    select * from {{ ref('customer_segments') }}

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

month_starts as (

    select * from {{ ref('segment_migrations') }}
    where snapshot_at = date_trunc('month', snapshot_at)

),

last_month as (

    select
        from_segment_id as segment_id,
        cast(sum(case when to_segment_id = from_segment_id then 0 else customers end) as double)
        / sum(customers) as monthly_change
    from month_starts
    where snapshot_at = (select max(newest.snapshot_at) from month_starts as newest)
    group by from_segment_id

),

sized as (

    select
        segment_id,
        run_id,
        as_of,
        scored_at,
        count(*) as customers,
        count(*) filter (where is_holdout) as holdout_customers
    from segments
    group by segment_id, run_id, as_of, scored_at

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
        economics.revenue,
        economics.predicted_value,
        economics.churn_rate,
        economics.cost_to_serve,
        last_month.monthly_change,
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

    left join last_month
        on sized.segment_id = last_month.segment_id

)

select * from profiles
order by segment_id
