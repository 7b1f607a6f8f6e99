{% set targets = prediction_target_vars() -%}
with

labels as (

    select * from {{ ref('customer_labels') }}

),

prediction_targets as (

    select * from {{ ref('prediction_targets') }}

),

counted as (

    {% for declared in targets -%}
    select
        '{{ declared.name }}' as target,
        (select count(*) > 0 from {{ ref(declared.over) }}) as has_facts,
        count(label_{{ declared.name }}) as answers,
        count(*) filter (where label_{{ declared.name }}) as positives,
        count(*) filter (where not label_{{ declared.name }}) as negatives,
        count(distinct customer_id) filter (where label_{{ declared.name }}) as customers_positive,
        count(distinct customer_id) filter (where not label_{{ declared.name }}) as customers_negative,
        count(distinct snapshot_at) filter (where label_{{ declared.name }} is not null) as snapshots
    from labels
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

graded as (

    select
        prediction_targets.*,
        counted.has_facts,
        counted.answers,
        counted.positives,
        counted.negatives,
        counted.customers_positive,
        counted.customers_negative,
        counted.snapshots,
        least(counted.positives, counted.negatives) as rarer,
        case
            when least(counted.positives, counted.negatives) < prediction_targets.fewest_of_each_answer
                then 'refuse'
            when
                least(counted.positives, counted.negatives)
                < greatest({{ enough_of_each_answer() }}, prediction_targets.fewest_of_each_answer)
                then 'small_sample'
            else 'full'
        end as grade

    from prediction_targets

    inner join counted
        on prediction_targets.target = counted.target

),

label_supply as (

    select
        target,
        horizon_days,
        label_over,
        answers,
        positives,
        negatives,
        customers_positive,
        customers_negative,
        snapshots,
        fewest_of_each_answer,
        grade,
        case
            when grade = 'full' then 'enough of both answers'
            when grade = 'small_sample'
                then 'fewer than {{ enough_of_each_answer() }} of one answer: predicted, with wide intervals'
            when not has_facts
                then 'not predicted: there are no ' || label_over || ' that could tell an answer'
            when snapshots = 0
                then
                    'not predicted: nobody could be asked at a month start whose ' || horizon_days
                    || ' days ' || label_over || ' have covered'
            when rarer = 0
                then
                    'not predicted: all ' || answers || ' answers are '
                    || case when positives = 0 then 'no' else 'yes' end
            else
                'not predicted: ' || positives || ' yes and ' || negatives || ' no, and a model needs '
                || fewest_of_each_answer || ' of each'
        end as reason

    from graded

)

select * from label_supply
order by target
