{% set targets = prediction_target_vars() %}
{% set outcome_days = 90 %}
with

features as (

    select * from {{ ref('customer_features') }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

orders as (

    select * from {{ ref('orders') }}
    where
        is_purchase
        and {{ is_known_before('known_at', '(select as_of from run_context)') }}

),
{% for declared in targets %}
labels_{{ declared.name }} as (

    select
        features.customer_snapshot_id,
        {{ declared.label }} as label

    from features

    left join orders
        on
            features.customer_id = orders.customer_id
            and {{ is_in_horizon('orders.ordered_at', 'features.snapshot_at', declared.horizon_days) }}

    where
        ({{ declared.eligible_when }})
        and {{ is_horizon_closed(
            'features.snapshot_at', declared.horizon_days, '(select observed_until from run_context)'
        ) }}
    group by features.customer_snapshot_id

),
{% endfor %}
future_amounts as (

    select
        features.customer_snapshot_id,
        coalesce(sum(orders.amount), 0) as amount

    from features

    left join orders
        on
            features.customer_id = orders.customer_id
            and {{ is_in_horizon('orders.ordered_at', 'features.snapshot_at', outcome_days) }}

    where {{ is_horizon_closed(
        'features.snapshot_at', outcome_days, '(select observed_until from run_context)'
    ) }}
    group by features.customer_snapshot_id

),

labels as (

    select
        features.customer_snapshot_id,
        features.customer_id,
        features.snapshot_at,
        {% for declared in targets -%}
        labels_{{ declared.name }}.label as label_{{ declared.name }},
        {% endfor -%}
        cast(future_amounts.amount as double) as outcome_amount_{{ outcome_days }}d

    from features
    {% for declared in targets %}
    left join labels_{{ declared.name }}
        on features.customer_snapshot_id = labels_{{ declared.name }}.customer_snapshot_id
    {% endfor %}
    left join future_amounts
        on features.customer_snapshot_id = future_amounts.customer_snapshot_id

)

select * from labels
