with

snapshots as (

    select * from {{ ref('customer_snapshots') }}
    where not is_newest

),

rule_segments as (

    select * from {{ ref('rule_segments') }}

),

valid_at_snapshot as (

    select
        snapshots.customer_id,
        snapshots.snapshot_at,
        rule_segments.segment_name,
        row_number() over (
            partition by snapshots.customer_id, snapshots.snapshot_at
            order by rule_segments.valid_from desc nulls last, rule_segments.segment_name asc nulls last
        ) as place

    from snapshots

    inner join rule_segments
        on
            snapshots.customer_id = rule_segments.customer_id
            and {{ is_known_before('rule_segments.known_at', 'snapshots.snapshot_at') }}
            and rule_segments.valid_from <= snapshots.snapshot_at
            and snapshots.snapshot_at < rule_segments.valid_to

),

rule_segments_at_snapshots as (

    -- who is in several is counted where they came in last
    select
        customer_id,
        snapshot_at,
        segment_name
    from valid_at_snapshot
    where place = 1

)

select * from rule_segments_at_snapshots
