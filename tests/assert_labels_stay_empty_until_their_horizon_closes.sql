-- A label of an open horizon would call everybody lost who has not come back yet.
{% for declared in prediction_target_vars() -%}
select
    customer_snapshot_id,
    '{{ declared.name }}' as target
from {{ ref('customer_labels') }}
where
    label_{{ declared.name }} is not null
    and not ({{ is_horizon_closed(
        'snapshot_at', declared.horizon_days, '(select observed_until from ' ~ ref('run_context') ~ ')'
    ) }})
{{ 'union all' if not loop.last }}
{% endfor %}
