-- depends_on: {{ ref('snapshot_fingerprints') }}
-- depends_on: {{ ref('base_feeds__contacts') }}
-- depends_on: {{ ref('contacts') }}

{% set earlier_features = earlier_relation('customer_features') %}
{% set earlier_snapshots = earlier_relation('built_snapshots') %}
with

snapshots as (

    select * from {{ ref('customer_snapshots') }}

),

{% if earlier_features and earlier_snapshots %}
standing_snapshots as (

    -- nothing that this snapshot may know has changed since its features were computed, nor what they mean
    select fingerprints.snapshot_at

    from {{ ref('snapshot_fingerprints') }} as fingerprints

    inner join {{ earlier_snapshots }} as earlier_snapshots
        on
            fingerprints.snapshot_at = earlier_snapshots.snapshot_at
            and fingerprints.fingerprint = earlier_snapshots.fingerprint
            and earlier_snapshots.definitions_hash = '{{ definitions_hash() }}'

    where not fingerprints.is_newest

),

standing as (

    select earlier_features.customer_snapshot_id

    from {{ earlier_features }} as earlier_features

    inner join standing_snapshots
        on earlier_features.snapshot_at = standing_snapshots.snapshot_at

),
{% else %}
standing as (

    select customer_snapshot_id from snapshots
    where false

),
{% endif %}
snapshots_due as (

    select snapshots.*

    from snapshots

    left join standing
        on snapshots.customer_snapshot_id = standing.customer_snapshot_id

    where standing.customer_snapshot_id is null

)

select * from snapshots_due
