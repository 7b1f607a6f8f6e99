-- depends_on: {{ ref('features_orders') }}
-- depends_on: {{ ref('features_order_rhythm') }}
-- depends_on: {{ ref('features_order_comparisons') }}
-- depends_on: {{ ref('features_order_lines') }}
-- depends_on: {{ ref('features_products') }}
-- depends_on: {{ ref('features_categories') }}

with

snapshots as (

    select * from {{ ref('customer_snapshots') }}

),

features as (

    select
        snapshots.customer_snapshot_id,
        snapshots.customer_id,
        snapshots.snapshot_at
        {% for family in feature_families() -%}
        {% for name in feature_names(family) -%}
        , {{ family }}.{{ name }}
        {% endfor -%}
        {% endfor %}
    from snapshots
    {% for family in feature_families() %}
    left join {{ ref(family) }} as {{ family }}
        on snapshots.customer_snapshot_id = {{ family }}.customer_snapshot_id
    {% endfor %}
)

select * from features
