{% set targets = prediction_target_vars() %}
with

features as (

    select * from {{ ref('customer_features') }}
    where {{ gate_is_open(ref('gate_customer_features')) }}

),

labels as (

    select * from {{ ref('customer_labels') }}

),

labelled as (

    select
        features.*,
        {% for declared in targets -%}
        labels.label_{{ declared.name }},
        {% endfor -%}
        labels.outcome_amount_90d,
        labels.outcome_orders_90d

    from features

    inner join labels
        on features.customer_snapshot_id = labels.customer_snapshot_id

    -- a snapshot teaches nothing until a horizon of it has closed
    where
        labels.outcome_amount_90d is not null
        {%- for declared in targets %}
        or labels.label_{{ declared.name }} is not null
        {%- endfor %}

)

select * from labelled
