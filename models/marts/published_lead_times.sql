{{ config(alias='lead_times') }}

with

measured as (

    select * from {{ ref('lead_times') }}
    where {{ gate_is_open(ref('gate_scores')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

lead_times as (

    select
        measured.target,
        measured.model_id,
        measured.algorithm,
        measured.stated_precision,
        measured.first_origin_at,
        measured.last_origin_at,
        measured.origins,
        measured.base_rate,
        measured.customers_stopped,
        measured.customers_scored_before,
        measured.alerts,
        measured.realised_precision,
        measured.share_alerted,
        measured.share_alerted_before,
        measured.lead_days_first_quartile,
        measured.lead_days_median,
        measured.lead_days_third_quartile,
        measured.baseline_days,
        measured.baseline_alerts,
        measured.baseline_realised_precision,
        measured.baseline_share_alerted,
        measured.baseline_share_alerted_before,
        measured.baseline_lead_days_first_quartile,
        measured.baseline_lead_days_median,
        measured.baseline_lead_days_third_quartile,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from measured

    cross join run_context

)

select * from lead_times
order by target, stated_precision
