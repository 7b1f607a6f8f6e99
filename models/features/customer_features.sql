-- depends_on: {{ ref('customer_snapshots') }}
{% for family in feature_families() -%}
-- depends_on: {{ ref(family) }}
{% endfor -%}
-- depends_on: {{ ref('feature_profiles') }}
{% do refuse_twin_features() -%}
{% do refuse_unmade_features() -%}
{% set earlier = earlier_relation('customer_features') if is_any_snapshot_standing() == 'yes' else none -%}

with

snapshots_due as (

    select * from {{ ref('snapshots_due') }}

),

computed as (

    select
        snapshots_due.customer_snapshot_id,
        snapshots_due.customer_id,
        snapshots_due.snapshot_at
        {% for family in feature_families() -%}
        {% for name in feature_names(family) -%}
        , {{ family }}.{{ name }}
        {% endfor -%}
        {% endfor %}
    from snapshots_due
    {% for family in feature_families() %}
    left join {{ ref(family) }} as {{ family }}
        on snapshots_due.customer_snapshot_id = {{ family }}.customer_snapshot_id
    {% endfor %}
),

standing as (

    -- rows of an earlier build that would come out the same: see snapshots_due
    {% if earlier -%}
    select
        earlier.customer_snapshot_id,
        earlier.customer_id,
        earlier.snapshot_at
        {% for family in feature_families() -%}
        {% for name in feature_names(family) -%}
        , earlier.{{ name }}
        {% endfor -%}
        {% endfor %}
    from {{ earlier }} as earlier

    inner join {{ ref('customer_snapshots') }} as snapshots
        on earlier.customer_snapshot_id = snapshots.customer_snapshot_id

    left join snapshots_due
        on earlier.customer_snapshot_id = snapshots_due.customer_snapshot_id

    where snapshots_due.customer_snapshot_id is null
    {% else -%}
    select * from computed
    where false
    {% endif %}
)

select * from computed
union all
select * from standing
