{{ config(enabled=is_connected('zendesk')) }}

with

tickets as (

    select * from {{ ref('base_zendesk__tickets') }}

),

openings as (

    -- the ticket as it was opened: nothing that was written or set later
    select
        {{ zendesk_ticket() }}
        first_subject as subject,
        case when body_known_at <= opened_at + interval '1' minute then body end as body,
        first_priority as priority,
        first_status as status,
        cast(null as string) as resolved_at,
        cast(null as string) as satisfaction_score,
        cast(null as string) as handling_minutes,
        {{ instant_text(
            "case when body_known_at <= opened_at + interval '1' minute then greatest(opened_at, body_known_at) else opened_at end"
        ) }} as recorded_at,
        rejected_column,
        rejected_reason
    from tickets
    where changed_at > opened_at and rejected_reason is null

),

endings as (

    select
        {{ zendesk_ticket() }}
        subject,
        body,
        priority,
        status,
        {{ instant_text('resolved_at') }} as resolved_at,
        satisfaction_score,
        handling_minutes,
        coalesce(
            {{ instant_text('greatest(changed_at, rated_at, resolved_at)') }},
            {{ utc_text('coalesce(updated_at, created_at)') }}
        ) as recorded_at,
        rejected_column,
        rejected_reason
    from tickets

),

deliveries as (

    select * from openings

    union all

    select * from endings

)

select * from deliveries
