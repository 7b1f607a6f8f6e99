with

customers as (

    select * from {{ ref('customer_segments') }}

),

meanings as (

    select * from {{ ref('segment_meanings') }}

),

micro_segments as (

    select * from {{ ref('micro_segments') }}

),

macro_nodes as (

    select
        macro_segment_id as node_id,
        'macro' as level,
        macro_segment_name as node_name,
        cast(null as string) as parent_id,
        -- what a broad group is, are its segments
        {{ joined_text('segment_name') }} as description
    from meanings
    group by macro_segment_id, macro_segment_name

),

segment_nodes as (

    select
        segment_id as node_id,
        'segment' as level,
        segment_name as node_name,
        macro_segment_id as parent_id,
        description
    from meanings

),

micro_nodes as (

    select
        micro_segment_id as node_id,
        'micro' as level,
        micro_segment_name as node_name,
        segment_id as parent_id,
        description
    from micro_segments

),

nodes as (

    select * from macro_nodes
    union all
    select * from segment_nodes
    union all
    select * from micro_nodes

),

members as (

    -- each customer once per level, all from the one table that people read
    {% for level in ['macro_segment', 'segment', 'micro_segment'] -%}
    select
        {{ level }}_id as node_id,
        run_id,
        as_of,
        scored_at
    from customers
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

sized as (

    select
        node_id,
        run_id,
        as_of,
        scored_at,
        count(*) as customers
    from members
    group by node_id, run_id, as_of, scored_at

),

segment_hierarchy as (

    select
        sized.node_id,
        nodes.level,
        nodes.node_name,
        nodes.parent_id,
        sized.customers,
        cast(sized.customers as double) / (select count(*) from customers) as share,
        nodes.description,
        sized.run_id,
        sized.as_of,
        sized.scored_at

    from sized

    inner join nodes
        on sized.node_id = nodes.node_id

)

select * from segment_hierarchy
order by level, node_id
