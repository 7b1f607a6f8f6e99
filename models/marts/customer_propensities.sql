with

scores as (

    select * from {{ ref('propensity_scores') }}
    where {{ gate_is_open(ref('gate_scores')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

customer_propensities as (

    select
        scores.customer_id,
        scores.snapshot_at,
        scores.target,
        scores.probability,
        scores.percentile,
        scores.decile,
        scores.grade,
        scores.risk_band,
        scores.reason_1_feature,
        scores.reason_1_value,
        scores.reason_1_level,
        scores.reason_1_contribution,
        scores.reason_1_words,
        scores.reason_2_feature,
        scores.reason_2_value,
        scores.reason_2_level,
        scores.reason_2_contribution,
        scores.reason_2_words,
        scores.reason_3_feature,
        scores.reason_3_value,
        scores.reason_3_level,
        scores.reason_3_contribution,
        scores.reason_3_words,
        scores.model_id,
        -- the stamps of the scoring itself: a stale score cannot pass for today's
        scores.run_id,
        run_context.as_of,
        scores.scored_at

    from scores

    cross join run_context

)

select * from customer_propensities
order by target, customer_id
