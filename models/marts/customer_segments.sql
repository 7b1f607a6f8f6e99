with

history as (

    select * from {{ ref('customer_segment_history') }}

),

customer_segments as (

    -- the newest page of the history: who is where today is said once
    select * from history
    where snapshot_at = as_of

)

select * from customer_segments
order by customer_id
