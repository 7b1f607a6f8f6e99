{{ config(alias='model_importances') }}

with

compared as (

    select * from {{ ref('compared_importances') }}
    where {{ gate_is_open(ref('gate_scores')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

drift as (

    select
        of_target as target,
        max(previous_model) as previous_model_id,
        corr(place, previous_place) as rank_correlation,
        least({{ exact_sum('moved') }}, 1) as share_moved
    from compared
    group by of_target
    having max(previous_model) is not null

),

model_importances as (

    select
        compared.target,
        compared.model_id,
        compared.algorithm,
        compared.feature_name,
        compared.importance,
        compared.share,
        compared.place,
        drift.previous_model_id,
        compared.previous_share,
        compared.previous_place,
        drift.rank_correlation,
        drift.share_moved,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from compared

    cross join run_context

    left join drift
        on compared.target = drift.target

    where compared.model_id is not null

)

select * from model_importances
order by target, place, feature_name
