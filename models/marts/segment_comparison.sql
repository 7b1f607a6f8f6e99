with

told as (

    select * from {{ ref('segment_comparisons') }}
    where {{ gate_is_open(ref('gate_segments')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

segment_comparison as (

    select
        told.segmentation,
        told.segments,
        told.outcome,
        told.explained_share,
        told.low,
        told.high,
        told.difference,
        told.difference_low,
        told.difference_high,
        told.lift_top_segment,
        told.top_segment_share,
        told.origins,
        told.evaluated_rows,
        told.is_best,
        told.reason,
        told.model_id,
        -- the stamps of the telling itself: a stale row cannot pass for today's
        told.run_id,
        run_context.as_of,
        told.scored_at

    from told

    cross join run_context

)

select * from segment_comparison
order by segments, outcome, segmentation
