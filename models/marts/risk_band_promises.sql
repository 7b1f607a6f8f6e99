-- What a band of probabilities promises, and whether the champion kept it at past origins. Nobody is put into
-- a band whose promise was not kept (customer_propensities).
{% set tolerance = 0.05 %}
with

champions as (

    select * from {{ ref('champion_models') }}
    where task = 'propensity' and {{ gate_is_open(ref('gate_scores')) }}

),

evaluations as (

    select * from {{ ref('model_evaluations') }}
    where split = 'all_origins'

),

run_context as (

    select * from {{ ref('run_context') }}

),

promises as (

    -- Complete Journey: calibration errors of 0.02 with intervals to 0.03. Five points less than promised is
    -- what a reader of "six of ten" would forgive; the whole interval must lie within: luck does not pass
    select
        'calibration_error' as promise,
        'expected_calibration_error' as metric,
        false as is_at_least,
        {{ tolerance }} as bound
    union all
    select
        'at_least_60pct' as promise,
        'precision_from_60pct' as metric,
        true as is_at_least,
        0.6 - {{ tolerance }} as bound
    union all
    select
        'at_least_70pct' as promise,
        'precision_from_70pct' as metric,
        true as is_at_least,
        0.7 - {{ tolerance }} as bound

),

observed as (

    select
        champions.target,
        champions.model_id,
        promises.promise,
        promises.is_at_least,
        cast(promises.bound as double) as bound,
        evaluations.value,
        evaluations.low,
        evaluations.high,
        coalesce(
            case
                when promises.is_at_least then evaluations.low >= promises.bound
                else evaluations.high <= promises.bound
            end,
            false
        ) as is_kept

    from champions

    cross join promises

    left join evaluations
        on
            champions.model_id = evaluations.model_id
            and promises.metric = evaluations.metric

),

risk_band_promises as (

    select
        observed.target,
        observed.promise,
        observed.bound,
        observed.value,
        observed.low,
        observed.high,
        observed.is_kept,
        case
            when observed.is_kept then 'kept'
            when observed.value is null and observed.is_at_least
                then 'unproven: nobody was in the band at three past origins or more'
            when observed.value is null then 'unproven: fewer than three past origins'
            when observed.is_at_least and observed.value >= observed.bound
                then 'unproven: too few were in the band to tell'
            when not observed.is_at_least and observed.value <= observed.bound
                then 'unproven: too few customers to tell'
            else 'not kept: beyond the bound'
        end as reason,
        observed.model_id,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from observed

    cross join run_context

)

select * from risk_band_promises
order by target, promise
