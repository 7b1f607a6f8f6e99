-- Every customer goes somewhere, once, stayers included; today's page of the history is today's table.
with

history as (

    select * from {{ ref('customer_segment_history') }}

),

migrated as (

    select
        snapshot_at,
        sum(customers) as customers
    from {{ ref('segment_migrations') }}
    group by snapshot_at

),

told as (

    select
        snapshot_at,
        count(*) as customers
    from history
    group by snapshot_at

),

today as (

    select
        segments.customer_id,
        history.segment_id

    from {{ ref('customer_segments') }} as segments

    left join history
        on
            segments.customer_id = history.customer_id
            and segments.snapshot_at = history.snapshot_at
            and segments.segment_id = history.segment_id

)

select
    cast(migrated.snapshot_at as string) as what,
    migrated.customers,
    told.customers as told_customers
from migrated
left join told
    on migrated.snapshot_at = told.snapshot_at
where told.customers is null or migrated.customers != told.customers

union all

select
    'customers of today without the same segment in the history' as what,
    count(*) as customers,
    0 as told_customers
from today
where segment_id is null
having count(*) > 0
