with

scores as (

    select * from {{ ref('propensity_scores') }}
    where {{ gate_is_open(ref('gate_scores')) }}

),

promises as (

    select * from {{ ref('risk_band_promises') }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

kept_promises as (

    select
        target,
        max(case when promise = 'calibration_error' and is_kept then 1 else 0 end) as is_calibrated,
        max(case when promise = 'at_least_60pct' and is_kept then 1 else 0 end) as is_pure_from_60pct,
        max(case when promise = 'at_least_70pct' and is_kept then 1 else 0 end) as is_pure_from_70pct
    from promises
    group by target

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
        case
            when kept_promises.is_calibrated = 0 then null
            when scores.risk_band = 'very_high' and kept_promises.is_pure_from_70pct = 0 then null
            when scores.risk_band = 'high' and kept_promises.is_pure_from_60pct = 0 then null
            else scores.risk_band
        end as risk_band,
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

    inner join kept_promises
        on scores.target = kept_promises.target

)

select * from customer_propensities
order by target, customer_id
