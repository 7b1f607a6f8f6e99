{% set spend = {
    'value': 'explained_amount_90d',
    'low': 'explained_amount_90d_low', 'high': 'explained_amount_90d_high',
    'baseline_name': 'naive_rival',
    'baseline_value': 'explained_amount_90d_rival',
} -%}
with

run_context as (

    select * from {{ ref('run_context') }}

),

candidates as (

    select * from {{ ref('segment_models') }}
    where
        candidate_in_run_id = (select run_id from run_context)
        and {{ gate_is_open(ref('gate_segments')) }}

),

evaluations as (

    select * from {{ ref('segment_evaluations') }}

),

choices as (

    -- a candidate is judged once, on the evidence of the run that fitted it
    select
        model_id,
        evaluation_fingerprint
    from evaluations
    where metric = 'is_chosen'

),

measured as (

    select
        evaluations.model_id,
        max(evaluations.value) filter (where evaluations.metric = 'is_eligible') as is_eligible,
        max(evaluations.value) filter (where evaluations.metric = 'is_chosen') as is_chosen,
        max(evaluations.value) filter (where evaluations.metric = 'score') as score,
        max(evaluations.value) filter (where evaluations.metric = 'stability') as stability,
        max(evaluations.low) filter (where evaluations.metric = 'stability') as stability_low,
        max(evaluations.high) filter (where evaluations.metric = 'stability') as stability_high,
        max(evaluations.value) filter (where evaluations.metric = 'smallest_segment_customers')
            as smallest_segment_customers,
        max(evaluations.value) filter (where evaluations.metric = 'size_floor') as size_floor,
        max(evaluations.value) filter (where evaluations.metric = 'readability') as readability,
        max(evaluations.value) filter (where evaluations.metric = 'silhouette') as silhouette,
        max(evaluations.baseline_value) filter (where evaluations.metric = 'silhouette')
            as silhouette_shuffled,
        {% for column, name in spend.items() -%}
        max(evaluations.{{ column }}) filter (where evaluations.metric = 'explained_amount_90d')
            as {{ name }},
        {% endfor -%}
        max(evaluations.value) filter (where evaluations.metric = 'explained_churn_90d')
            as explained_churn_90d,
        max(evaluations.value) filter (where evaluations.metric = 'monthly_change') as monthly_change,
        max(evaluations.value) filter (where evaluations.metric = 'noise_share') as noise_share,
        max(evaluations.reason) as reason

    from choices

    inner join evaluations
        on
            choices.model_id = evaluations.model_id
            and choices.evaluation_fingerprint = evaluations.evaluation_fingerprint

    group by evaluations.model_id

),

segment_candidates as (

    select
        candidates.model_id,
        candidates.algorithm,
        candidates.segments,
        candidates.as_of as fitted_at,
        measured.is_eligible = 1 as is_eligible,
        measured.is_chosen = 1 as is_chosen,
        measured.score,
        measured.stability,
        measured.stability_low,
        measured.stability_high,
        cast(measured.smallest_segment_customers as bigint) as smallest_segment_customers,
        measured.size_floor,
        measured.readability,
        measured.silhouette,
        measured.silhouette_shuffled,
        measured.explained_amount_90d,
        measured.explained_amount_90d_low,
        measured.explained_amount_90d_high,
        measured.naive_rival,
        measured.explained_amount_90d_rival,
        measured.explained_churn_90d,
        measured.monthly_change,
        measured.noise_share,
        measured.reason,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from candidates

    inner join measured
        on candidates.model_id = measured.model_id

    cross join run_context

)

select * from segment_candidates
order by is_chosen desc, is_eligible desc, score desc nulls last, model_id asc
