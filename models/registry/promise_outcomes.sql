-- What remembered customers did within the horizon of what they were scored for.
{% set targets = prediction_target_vars() %}
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

orders as (

    select * from {{ ref('orders') }}
    where
        is_purchase
        and {{ is_known_before('known_at', '(select as_of from run_context)') }}

),

features as (

    -- whoever turned out to be somebody else has ordered under the name that stands
    select
        remembered_scores.target,
        remembered_scores.snapshot_at,
        remembered_scores.model_id,
        remembered_scores.closes_at,
        remembered_scores.customer_id as scored_customer_id,
        remembered_scores.probability,
        coalesce(merged_away.customer_id, remembered_scores.customer_id) as customer_id

    from remembered_scores

    left join merged_away
        on remembered_scores.customer_id = merged_away.merged_customer_id

    where
        -- a replay knows nothing of what later builds promised
        remembered_scores.snapshot_at <= (select as_of from run_context)

),

labels as (

    -- no row: it gives the columns their types
    select
        features.target,
        features.snapshot_at,
        features.scored_customer_id,
        cast(null as boolean) as label
    from features
    where false
    {% for declared in targets %}
    union all

    select
        features.target,
        features.snapshot_at,
        features.scored_customer_id,
        {{ declared.label }} as label

    from features

    left join orders
        on
            features.customer_id = orders.customer_id
            and {{ is_in_horizon('orders.ordered_at', 'features.snapshot_at', declared.horizon_days) }}

    where
        features.target = '{{ declared.name }}'
        and {{ is_horizon_closed(
            'features.snapshot_at', declared.horizon_days, '(select observed_until from run_context)'
        ) }}
    group by features.target, features.snapshot_at, features.scored_customer_id
    {% endfor %}
),

outcomes as (

    select
        features.target,
        features.snapshot_at,
        features.model_id,
        features.customer_id,
        features.probability,
        features.closes_at,
        labels.target is not null as is_closed,
        customers.customer_id is not null and labels.label is not null as is_known,
        labels.label

    from features

    left join labels
        on
            features.target = labels.target
            and features.snapshot_at = labels.snapshot_at
            and features.scored_customer_id = labels.scored_customer_id

    left join customers
        on features.customer_id = customers.customer_id

)

select * from outcomes
