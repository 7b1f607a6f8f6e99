{% set targets = prediction_target_vars() -%}
{% set groups = outcome_groups(targets) -%}
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

{{ outcome_ctes(groups) }}
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
