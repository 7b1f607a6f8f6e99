{% set margin = validated_share_var('promotion_margin') %}
with

evaluations as (

    select * from {{ ref('model_evaluations') }}

),

propensity_contest as (

    -- simpler models stand lower; one that nobody could evaluate counts as nothing
    select
        target,
        model_id,
        algorithm,
        case
            when algorithm like '%_rule' then 1
            when algorithm = 'logistic_regression' then 2
            else 3
        end as complexity,
        coalesce(max(value) filter (where metric = 'roc_auc' and split = 'all_origins'), 0) as roc_auc
    from evaluations
    where task = 'propensity'
    group by target, model_id, algorithm

),

propensity_judged as (

    select
        *,
        max(roc_auc) over (partition by target) as best_roc_auc
    from propensity_contest

),

propensity_ranked as (

    -- the champion is the simplest model that no other beats by the margin
    select
        *,
        row_number() over (
            partition by target
            order by
                case when roc_auc >= best_roc_auc - {{ margin }} then 0 else 1 end asc nulls last,
                complexity asc nulls last,
                roc_auc desc nulls last,
                model_id asc nulls last
        ) as place
    from propensity_judged

),

segment_champion as (

    select
        model_id,
        algorithm,
        segments,
        reason
    from evaluations
    -- chosen by src/tessera/segmentation/choice at the fit, and until the next
    where task = 'segmentation' and metric = 'is_chosen' and value = 1

),

champions as (

    select
        'propensity' as task,
        target,
        model_id,
        algorithm,
        case
            when best_roc_auc = 0 then 'fewer than three past origins: the simplest rule stands in'
            when roc_auc = best_roc_auc
                then 'highest roc_auc out of time: ' || cast(round(roc_auc, 4) as string)
            else 'simplest within {{ margin }} of the best roc_auc: ' || cast(round(roc_auc, 4) as string)
                || ' against ' || cast(round(best_roc_auc, 4) as string)
        end as reason
    from propensity_ranked
    where place = 1

    union all

    select
        'segmentation' as task,
        cast(null as string) as target,
        model_id,
        algorithm,
        cast(segments as string) || ' segments, ' || reason as reason
    from segment_champion

)

select * from champions
