-- What risk bands promise, and whether it was kept at past origins: else customer_propensities says none.
{% set promises = [
    ('calibration_error', 'expected_calibration_error', 0.0, 0.05),
    ('at_least_60pct', 'precision_from_60pct', 0.6, 0.55),
    ('at_least_70pct', 'precision_from_70pct', 0.7, 0.65),
] %}
with

champions as (

    select * from {{ ref('champion_models') }}
    where task = 'propensity' and {{ gate_is_open(ref('gate_scores')) }}

),

evaluations as (

    select * from {{ ref('model_evaluations') }}
    where split = 'all_origins'

),

replayed_scores as (

    select * from {{ ref('replayed_scores') }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

promises as (

    -- Complete Journey: calibration errors of 0.02 with intervals to 0.03. Five points less than promised is
    -- what a reader of "six of ten" would forgive; the whole interval must lie within: luck does not pass
    {% for promise, metric, from_probability, bound in promises -%}
    select
        '{{ promise }}' as promise,
        '{{ metric }}' as metric,
        {{ from_probability }} as from_probability,
        cast({{ bound }} as double) as bound
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

people as (

    select
        replayed_scores.target,
        promises.promise,
        count(distinct replayed_scores.customer_id) as customers

    from replayed_scores
    inner join promises
        on replayed_scores.probability >= promises.from_probability
    group by replayed_scores.target, promises.promise

),

observed as (

    select
        champions.target,
        champions.model_id,
        promises.promise,
        promises.bound,
        coalesce(people.customers, 0) as customers,
        evaluations.value,
        evaluations.low,
        evaluations.high,
        -- of three people who all did it, every draw of the bootstrap says the same: few prove nothing
        coalesce(people.customers, 0) >= {{ fewest_to_quote() }} as is_enough,
        case
            when promises.from_probability > 0 then evaluations.low >= promises.bound
            else evaluations.high <= promises.bound
        end as is_within

    from champions
    cross join promises

    left join people
        on champions.target = people.target and promises.promise = people.promise

    left join evaluations
        on champions.model_id = evaluations.model_id and promises.metric = evaluations.metric

),

risk_band_promises as (

    select
        observed.target,
        observed.promise,
        observed.bound,
        observed.value,
        observed.low,
        observed.high,
        observed.customers,
        observed.is_enough and coalesce(observed.is_within, false) as is_kept,
        case
            when not observed.is_enough then 'unproven: too few were in the band at past origins'
            when observed.is_within is null then 'unproven: fewer than three past origins'
            when observed.is_within then 'kept'
            else 'not kept: the interval reaches beyond the bound'
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
