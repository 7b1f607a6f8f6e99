{{ config(enabled=is_connected('zendesk')) }}

with

tickets as (

    {{ vendor_rows('zendesk', 'tickets') }}

),

requests as (

    select distinct
        id as ticket_id,
        requester_id
    from tickets

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
        coalesce(html_body, plain_body, body) as written
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

    inner join requests
        on
            dated.ticket_id = requests.ticket_id
            and dated.author_id = requests.requester_id

    where dated.written is not null

),

untagged as (

    select
        ticket_id,
        written_at,
        {{ html_without_tags('written') }} as written
    from ranked
    where comment_rank = 1

),

first_comments as (

    select
        ticket_id,
        written_at,
        {{ html_characters('written') }} as body
    from untagged

)

select * from first_comments
