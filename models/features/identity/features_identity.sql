with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),

identifiers as (

    -- a browser is somebody's since that is known; it stays one that they have used
    select
        *,
        greatest(valid_from, coalesce(linked_at, valid_from)) as known_at
    from {{ ref('customer_identities') }}

),

identifiers_known_at_snapshot as (

    select
        snapshots.customer_snapshot_id,
        count(distinct identifiers.identifier_id) as identifiers,
        count(distinct identifiers.identifier_id) filter (where not identifiers.is_strong) as devices,
        count(distinct identifiers.identifier_id) filter (where identifiers.identifier_type = 'email')
            as emails

    from snapshots

    inner join identifiers
        on snapshots.customer_id = identifiers.customer_id

    where
        {{ is_known_before('identifiers.known_at', 'snapshots.snapshot_at') }}
        and {{ is_known_before('identifiers.valid_from', 'snapshots.snapshot_at') }}

    group by snapshots.customer_snapshot_id

),

customers as (

    select * from {{ ref('customers') }}

),

features as (

    select
        snapshots.customer_snapshot_id,
        coalesce(known.identifiers, 0) as identifiers_distinct_count_lifetime,
        coalesce(known.devices, 0) as devices_distinct_count_lifetime,
        coalesce(known.emails, 0) as emails_distinct_count_lifetime,
        case
            when {{ is_known_before('customers.first_seen_at', 'snapshots.snapshot_at') }}
                then {{ days_between('customers.first_seen_at', 'snapshots.snapshot_at') }}
        end as customers_days_since_first

    from snapshots

    left join identifiers_known_at_snapshot as known
        on snapshots.customer_snapshot_id = known.customer_snapshot_id

    left join customers
        on snapshots.customer_id = customers.customer_id

)

select * from features
