-- What remembered customers did within the horizon of what they were scored for.
{% set targets = prediction_target_vars() -%}
{% set groups = outcome_groups(targets) -%}
{% set answers = groups | sum(attribute='answers', start=[]) -%}
{% set compared = features_in_labels(answers) -%}
with

remembered_scores as (

    select * from {{ ref('remembered_scores') }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

merged_away as (

    select * from {{ ref('identity_merges') }}

),

customers as (

    select * from {{ ref('customers') }}

),

promises as (

    -- whoever turned out to be somebody else has acted under the name that stands
    select
        remembered_scores.*,
        coalesce(merged_away.customer_id, remembered_scores.customer_id) as known_customer_id,
        {{ hashed("remembered_scores.customer_id || cast(remembered_scores.snapshot_at as string)") }}
            as customer_snapshot_id

    from remembered_scores

    left join merged_away
        on remembered_scores.customer_id = merged_away.merged_customer_id

    where
        -- a replay knows nothing of what later builds promised
        remembered_scores.snapshot_at <= (select as_of from run_context)

),

features as (

    -- the mart keeps the features of month starts: elsewhere a label that compares with one is not known
    select distinct
        promises.customer_snapshot_id,
        promises.known_customer_id as customer_id,
        promises.snapshot_at,
        customer_features.customer_id is not null as has_features
        {%- for name in compared %},
        customer_features.{{ name }}
        {%- endfor %}

    from promises

    left join {{ ref('customer_features') }} as customer_features
        on
            promises.known_customer_id = customer_features.customer_id
            and promises.snapshot_at = customer_features.snapshot_at

),

{{ outcome_ctes(groups) }}
labels as (

    {% for answer in answers if answer.target -%}
    select
        features.customer_snapshot_id,
        '{{ answer.target }}' as target,
        {% if features_in_labels([answer]) -%}
        case when features.has_features then {{ answer.group }}.{{ answer.column }} end as label
        {%- else -%}
        {{ answer.group }}.{{ answer.column }} as label
        {%- endif %}

    from {{ answer.group }}

    inner join features
        on {{ answer.group }}.customer_snapshot_id = features.customer_snapshot_id
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

outcomes as (

    select
        promises.target,
        promises.snapshot_at,
        promises.model_id,
        promises.known_customer_id as customer_id,
        promises.probability,
        promises.closes_at,
        labels.target is not null as is_closed,
        customers.customer_id is not null and labels.label is not null as is_known,
        labels.label

    from promises

    left join labels
        on
            promises.target = labels.target
            and promises.customer_snapshot_id = labels.customer_snapshot_id

    left join customers
        on promises.known_customer_id = customers.customer_id

)

select * from outcomes
