{% set targets = prediction_target_vars() -%}
{% set groups = outcome_groups(targets) -%}
{% set tables = outcome_tables_of(groups) -%}
-- depends_on: {{ ref('prediction_targets') }}
with

run_context as (

    select * from {{ ref('run_context') }}

),

features as (

    -- all that is asked of the mart, in one pass over it
    select
        features.customer_snapshot_id,
        features.customer_id,
        features.snapshot_at
        {%- for declared in targets %},
        ({{ declared.eligible_when }}) as is_eligible_{{ declared.name }}
        {%- endfor %}
        {%- for name in features_in_labels(groups | sum(attribute='answers', start=[])) %},
        features.{{ name }}
        {%- endfor %}
    from {{ ref('customer_features') }} as features

),
{% for table in tables %}
{{ table.name }}_known as (

    select
        *,
        {{ table.happened_at }} as happened_at
        {%- for name, expression in outcome_columns_added(table.name).items() %},
        {{ expression }} as {{ name }}
        {%- endfor %}
    from {{ ref(table.name) }}
    where
        ({{ table.counts_when }})
        and {{ is_known_before('known_at', '(select as_of from run_context)') }}

),

{{ table.name }}_observed as (

    select {{ outcome_observed_until(table) }} as observed_until

),
{% endfor %}
{%- for group in groups %}
{{ group.name }} as (

    select
        features.customer_snapshot_id
        {%- for answer in group.answers %},
        {{ answer.expression }} as {{ answer.column }}
        {%- endfor %}

    from features

    left join {{ group.over }}_known as {{ group.over }}
        on
            features.customer_id = {{ group.over }}.customer_id
            and {{ is_in_horizon(group.over ~ '.happened_at', 'features.snapshot_at', group.days) }}
            and ({{ group.where or 'true' }})

    where {{ is_horizon_closed(
        'features.snapshot_at', group.days, '(select observed_until from ' ~ group.over ~ '_observed)'
    ) }}
    group by features.customer_snapshot_id
        {%- for name in features_in_labels(group.answers) %}, features.{{ name }}{% endfor %}

),
{% endfor %}
labels as (

    select
        features.customer_snapshot_id,
        features.customer_id,
        features.snapshot_at
        {%- for group in groups %}{% for answer in group.answers %},
        {% if answer.target -%}
        case when features.is_eligible_{{ answer.target }} then {{ group.name }}.{{ answer.column }} end
            as {{ answer.column }}
        {%- else -%}
        {{ group.name }}.{{ answer.column }}
        {%- endif %}
        {%- endfor %}{% endfor %}

    from features
    {% for group in groups %}
    left join {{ group.name }}
        on features.customer_snapshot_id = {{ group.name }}.customer_snapshot_id
    {% endfor %}
)

select * from labels
