{{ config(alias='propensity_backtests') }}

with

backtests as (

    select * from {{ ref('propensity_backtests') }}
    where {{ gate_is_open(ref('gate_scores')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

propensity_backtests as (

    select
        backtests.target,
        backtests.model_id,
        backtests.algorithm,
        backtests.origin_at,
        backtests.metric,
        backtests.promised_value,
        backtests.promised_low,
        backtests.promised_high,
        backtests.promise_origins,
        backtests.realised_value,
        backtests.realised_low,
        backtests.realised_high,
        backtests.gap,
        backtests.gap_low,
        backtests.gap_high,
        avg(abs(backtests.gap)) over (
            partition by backtests.target, backtests.metric
        ) as mean_absolute_gap,
        backtests.rows as customers,
        backtests.positives,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from backtests

    cross join run_context

)

select * from propensity_backtests
order by target, metric, origin_at
