with

history as (

    select * from {{ ref('segment_history') }}
    where {{ gate_is_open(ref('gate_scores')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

customers as (

    -- who was merged or erased since has no history under the old name
    select customer_id from {{ ref('published_customers') }}

),

customer_segment_history as (

    select
        history.customer_id,
        history.snapshot_at,
        history.segment_id,
        history.segment_name,
        cast(null as string) as macro_segment_id,
        cast(null as string) as macro_segment_name,
        cast(null as string) as micro_segment_id,
        cast(null as string) as micro_segment_name,
        history.membership_score,
        history.is_between_segments,
        history.previous_segment_id,
        history.entered_at,
        {{ hash_share("history.customer_id || ':holdout'") }}
        < {{ validated_share_var('holdout_share') }} as is_holdout,
        history.model_id,
        -- the stamps of the build that said it
        history.run_id,
        run_context.as_of,
        history.scored_at

    from history

    inner join run_context
        on history.told_in_run_id = run_context.run_id

    inner join customers
        on history.customer_id = customers.customer_id

)

select * from customer_segment_history
order by snapshot_at, customer_id
