-- Every customer is in exactly one broad group, segment and part, each within the one above, and the
-- hierarchy counts each of them once at each level.
with

nodes as (

    select * from {{ ref('segment_hierarchy') }}

),

children as (

    select
        parent_id as node_id,
        sum(customers) as customers
    from nodes
    where parent_id is not null
    group by parent_id

),

counted as (

    select
        micro_segment_id as node_id,
        segment_id as parent_id,
        count(*) as customers
    from {{ ref('customer_segments') }}
    group by micro_segment_id, segment_id

    union all

    select
        segment_id as node_id,
        macro_segment_id as parent_id,
        count(*) as customers
    from {{ ref('customer_segments') }}
    group by segment_id, macro_segment_id

)

select
    'its children do not sum to it' as sin,
    nodes.node_id
from nodes
left join children on nodes.node_id = children.node_id
where nodes.level != 'micro' and nodes.customers is distinct from children.customers

union all

select
    'its customers are not counted in it, or under another parent' as sin,
    coalesce(counted.node_id, nodes.node_id) as node_id
from counted
full outer join nodes
    on
        counted.node_id = nodes.node_id
        and counted.parent_id = nodes.parent_id
        and counted.customers = nodes.customers
where counted.node_id is null and nodes.level != 'macro' or nodes.node_id is null
