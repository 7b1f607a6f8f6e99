with

told as (

    select * from {{ ref('segment_map_points') }}
    where {{ gate_is_open(ref('gate_segments')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

segment_map as (

    select
        told.customer_id,
        told.segment_id,
        told.segment_name,
        told.x,
        told.y,
        told.x_axis,
        told.y_axis,
        told.explained_variance,
        -- the stamps of the telling itself: a stale row cannot pass for today's
        told.run_id,
        run_context.as_of,
        told.scored_at

    from told

    cross join run_context

)

select * from segment_map
order by customer_id
