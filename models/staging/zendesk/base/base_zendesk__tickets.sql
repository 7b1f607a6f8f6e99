{{ config(enabled=is_connected('zendesk')) }}

with

tickets as (

    {{ vendor_rows('zendesk', 'tickets') }}

),

requesters as (

    select * from {{ ref('base_zendesk__requesters') }}

),

first_comments as (

    select * from {{ ref('base_zendesk__first_comments') }}

),

ratings as (

    select * from {{ ref('base_zendesk__ratings') }}

),

field_values as (

    select * from {{ ref('base_zendesk__field_values') }}

),

merged_tickets as (

    select * from {{ ref('base_zendesk__merged_tickets') }}

),

dated as (

    select
        tickets.*,
        {{ try_timestamp('created_at') }} as opened_at,
        {{ try_timestamp('updated_at') }} as changed_at,
        lower(status) in ('solved', 'closed') as is_solved,
        {{ zendesk_channel("coalesce(via_channel, " ~ json_text('via', 'channel') ~ ")") }} as channel,
        {{ listed_field('zendesk', 'tickets', 'handling_minutes') }} as handling_minutes,
        {{ zendesk_score(json_text('satisfaction_rating', 'score')) }} as own_score,
        {{ try_timestamp(json_text('metric_set', 'solved_at')) }} as own_solved_at,
        {{ says_true('_fivetran_deleted') }} as is_gone
    from tickets

),

joined as (

    select
        dated.feed_file,
        dated.feed_row,
        'zendesk:' || dated.id as ticket_id,
        dated.created_at,
        dated.updated_at,
        dated.opened_at,
        dated.changed_at,
        requesters.contact_id,
        requesters.user_ref,
        requesters.email,
        requesters.phone,
        -- who has no other name is known by Zendesk's own
        case
            when not coalesce(requesters.is_named, false)
                then 'zendesk:' || dated.requester_id
            else requesters.customer_ref
        end as customer_ref,
        dated.channel,
        dated.subject,
        field_values.first_subject,
        case
            when first_comments.ticket_id is null then dated.description
            else first_comments.body
        end as body,
        -- within a minute: the comment that opened the ticket
        coalesce(first_comments.written_at, dated.opened_at) as body_known_at,
        dated.priority,
        field_values.first_priority,
        dated.status,
        field_values.first_status,
        case
            when dated.is_solved then coalesce(field_values.solved_at, dated.own_solved_at, dated.changed_at)
        end as resolved_at,
        coalesce(ratings.score, dated.own_score) as satisfaction_score,
        ratings.rated_at,
        dated.handling_minutes,
        {{ zendesk_rejection() }}

    from dated

    left join requesters
        on dated.requester_id = requesters.user_id

    left join first_comments
        on dated.id = first_comments.ticket_id

    left join ratings
        on dated.id = ratings.ticket_id

    left join field_values
        on dated.id = field_values.ticket_id

    left join merged_tickets
        on dated.id = merged_tickets.ticket_id

)

select * from joined
