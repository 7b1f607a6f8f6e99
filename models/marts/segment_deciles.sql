with

propensities as (

    select * from {{ ref('customer_propensities') }}

),

segments as (

    select * from {{ ref('customer_segments') }}

),

replayed_scores as (

    select * from {{ ref('replayed_scores') }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

customers_today as (

    select
        propensities.target,
        segments.segment_id,
        segments.segment_name,
        propensities.decile,
        count(*) as customers,
        {{ exact_sum('propensities.probability') }} / count(*) as mean_probability

    from propensities

    inner join segments
        on propensities.customer_id = segments.customer_id

    group by propensities.target, segments.segment_id, segments.segment_name, propensities.decile

),

customers_then as (

    select
        target,
        segment_id,
        decile,
        count(*) as evaluated_rows,
        count(distinct customer_id) as evaluated_customers,
        {{ exact_sum('probability') }} / count(*) as promised_rate,
        avg(case when label then 1.0 else 0.0 end) as realised_rate
    from replayed_scores
    where segment_id is not null
    group by target, segment_id, decile

),

segment_deciles as (

    select
        customers_today.target,
        customers_today.segment_id,
        customers_today.segment_name,
        customers_today.decile,
        customers_today.customers,
        customers_today.mean_probability,
        coalesce(customers_then.evaluated_rows, 0) as evaluated_rows,
        coalesce(customers_then.evaluated_customers < {{ fewest_to_quote() }}, true) as is_small,
        case
            when customers_then.evaluated_customers >= {{ fewest_to_quote() }}
                then customers_then.promised_rate
        end as promised_rate,
        case
            when customers_then.evaluated_customers >= {{ fewest_to_quote() }}
                then customers_then.realised_rate
        end as realised_rate,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from customers_today

    cross join run_context

    left join customers_then
        on
            customers_today.target = customers_then.target
            and customers_today.segment_id = customers_then.segment_id
            and customers_today.decile = customers_then.decile

)

select * from segment_deciles
order by target, segment_id, decile
