with

history as (

    select * from {{ ref('customer_segment_history') }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

with_origin as (

    select
        *,
        lag(segment_id) over (partition by customer_id order by snapshot_at) as from_segment_id,
        lag(segment_name) over (partition by customer_id order by snapshot_at) as from_segment_name,
        min(snapshot_at) over () as first_snapshot_at
    from history

),

at_month_starts as (

    -- customers without past snapshots were last told of on a day within the month before
    select
        with_origin.*,
        with_origin.from_segment_id is not null as was_there

    from with_origin

    inner join run_context
        on
            with_origin.snapshot_at = run_context.as_of
            or with_origin.snapshot_at = date_trunc('month', with_origin.snapshot_at)

    where with_origin.snapshot_at > with_origin.first_snapshot_at

),

counted as (

    select
        snapshot_at,
        from_segment_id,
        from_segment_name,
        segment_id as to_segment_id,
        segment_name as to_segment_name,
        was_there,
        count(*) as customers
    from at_month_starts
    group by snapshot_at, from_segment_id, from_segment_name, segment_id, segment_name, was_there

),

segment_migrations as (

    select
        counted.snapshot_at,
        counted.from_segment_id,
        counted.from_segment_name,
        counted.to_segment_id,
        counted.to_segment_name,
        counted.customers,
        case
            when counted.was_there
                then
                    cast(counted.customers as double)
                    / sum(counted.customers) over (partition by counted.snapshot_at, counted.was_there)
        end as share,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from counted

    cross join run_context

)

select * from segment_migrations
order by snapshot_at, from_segment_id nulls first, to_segment_id
