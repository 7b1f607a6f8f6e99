with

run_context as (

    select * from {{ ref('run_context') }}

),

orders as (

    -- also what was restated since: there was a first order then
    select * from {{ ref('order_versions') }}
    where is_purchase

),

observed as (

    -- before the first order there are no past snapshots, but there is always the newest
    select
        run_context.as_of,
        min(orders.known_at) as first_order_at

    from run_context

    left join orders
        on run_context.as_of > orders.known_at

    group by run_context.as_of

),

bounds as (

    -- snapshots begin with the first order, or with the oldest month that is asked for
    select
        as_of,
        case when first_order_at is not null then greatest(
            first_order_at,
            as_of - interval '{{ validated_int_var("snapshot_months", 1, 120) }}' month
        ) end as first_at
    from observed

),

months as (

    select months.month_start_at as snapshot_at
    from ({{ month_starts('(select first_at from bounds)', '(select as_of from bounds)') }}) as months

),

snapshot_dates as (

    select months.snapshot_at
    from months

    inner join bounds
        on months.snapshot_at > bounds.first_at

    union

    select bounds.as_of as snapshot_at
    from bounds

)

select
    snapshot_dates.snapshot_at,
    snapshot_dates.snapshot_at = run_context.as_of as is_newest
from snapshot_dates
cross join run_context
order by snapshot_dates.snapshot_at
