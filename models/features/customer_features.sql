{% for family in feature_families() -%}
-- depends_on: {{ ref(family) }}
{% endfor -%}

{% set features = mart_features() %}
{% set earlier = earlier_relation('customer_features') if is_any_snapshot_standing() else none %}
with

snapshots as (

    select * from {{ ref('customer_snapshots') }}

),

snapshots_due as (

    select * from {{ ref('snapshots_due') }}

),

computed as (

    select
        snapshots_due.customer_snapshot_id,
        snapshots_due.customer_id,
        snapshots_due.snapshot_at
        {% for feature in features -%}
        , {{ feature.family }}.{{ feature.name }}
        {% endfor %}
    from snapshots_due
    {% for family in features | map(attribute='family') | unique %}
    left join {{ ref(family) }} as {{ family }}
        on snapshots_due.customer_snapshot_id = {{ family }}.customer_snapshot_id
    {% endfor %}
){% if earlier %},

standing as (

    -- rows of an earlier build that would come out the same: see snapshots_due
    select
        earlier.customer_snapshot_id,
        earlier.customer_id,
        earlier.snapshot_at
        {% for feature in features -%}
        , earlier.{{ feature.name }}
        {% endfor %}
    from {{ earlier }} as earlier

    inner join snapshots
        on earlier.customer_snapshot_id = snapshots.customer_snapshot_id

    left join snapshots_due
        on earlier.customer_snapshot_id = snapshots_due.customer_snapshot_id

    where snapshots_due.customer_snapshot_id is null

){% endif %}

select * from computed
{% if earlier -%}
union all
select * from standing
{%- endif %}
