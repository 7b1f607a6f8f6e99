-- Each segment that a reign has was kept, split off or born; none was twice.
with

lineage as (

    select * from {{ ref('segment_lineage') }}

),

told as (

    select
        reigns_from,
        model_id,
        to_segment_id,
        count(*) as events
    from lineage
    where event in ('kept', 'split', 'born')
    group by reigns_from, model_id, to_segment_id

),

segments as (

    select * from {{ ref('customer_segments') }}

)

select
    to_segment_id as segment_id,
    'told of more than once' as what
from told
where events > 1

union all

select distinct
    segments.segment_id,
    'never told of' as what
from segments
left join told
    on segments.segment_id = told.to_segment_id
where told.to_segment_id is null
