{{ config(enabled=is_connected('zendesk')) }}

with

ratings as (

    select
        ticket_id,
        id,
        {{ zendesk_score('score') }} as score,
        coalesce({{ try_timestamp('updated_at') }}, {{ try_timestamp('created_at') }}) as rated_at
    from ({{ vendor_rows('zendesk', 'satisfaction_ratings') }}) as satisfaction_ratings

),

ranked as (

    select
        *,
        row_number() over (
            partition by ticket_id order by rated_at desc nulls last, id desc nulls last
        ) as newest_rank
    from ratings
    where score is not null

),

newest as (

    select
        ticket_id,
        score,
        rated_at
    from ranked
    where newest_rank = 1

)

select * from newest
