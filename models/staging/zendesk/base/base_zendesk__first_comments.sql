{{ config(enabled=is_connected('zendesk')) }}

with

tickets as (

    {{ vendor_rows('zendesk', 'tickets') }}

),

comments as (

    {{ vendor_rows('zendesk', 'ticket_comments') }}

),

dated as (

    select
        ticket_id,
        id,
        author_id,
        {{ try_timestamp('created_at') }} as written_at,
        coalesce({{ html_text('html_body') }}, {{ html_text('plain_body') }}, {{ html_text('body') }}) as body
    from comments
    where not {{ says_false('public') }}

),

ranked as (

    -- what customers wrote themselves: no agent's words on their behalf
    select
        dated.*,
        row_number() over (
            partition by dated.ticket_id order by dated.written_at asc nulls last, dated.id asc nulls last
        ) as comment_rank
    from dated

    inner join (select distinct id, requester_id from tickets) as requests
        on
            dated.ticket_id = requests.id
            and dated.author_id = requests.requester_id

    where dated.body is not null

),

first_comments as (

    select
        ticket_id,
        written_at,
        body
    from ranked
    where comment_rank = 1

)

select * from first_comments
