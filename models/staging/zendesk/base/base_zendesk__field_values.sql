{{ config(enabled=is_connected('zendesk')) }}

with

tickets as (

    {{ vendor_rows('zendesk', 'tickets') }}

),

metrics as (

    select
        ticket_id,
        max({{ try_timestamp('solved_at') }}) as solved_at
    from ({{ vendor_rows('zendesk', 'ticket_metrics') }}) as ticket_metrics
    group by ticket_id

),

field_values as (

    select
        ticket_id,
        lower(field_name) as field_name,
        value,
        {{ try_timestamp('updated') }} as set_at
    from ({{ vendor_rows('zendesk', 'ticket_field_history') }}) as ticket_field_history

),

opened as (

    select
        id as ticket_id,
        max({{ try_timestamp('created_at') }}) as opened_at
    from tickets
    group by id

),

told as (

    -- what the ticket said when it was opened, and when it was last solved
    select
        opened.ticket_id,
        max(value) filter (where field_name = 'priority' and set_at <= opened_at) as first_priority,
        max(value) filter (where field_name = 'subject' and set_at <= opened_at) as first_subject,
        max(value) filter (where field_name = 'status' and set_at <= opened_at) as first_status,
        max(set_at) filter (where field_name = 'status' and lower(value) = 'solved') as solved_at
    from opened

    left join field_values
        on opened.ticket_id = field_values.ticket_id

    group by opened.ticket_id

),

ticket_values as (

    select
        told.ticket_id,
        told.first_priority,
        told.first_subject,
        told.first_status,
        coalesce(metrics.solved_at, told.solved_at) as solved_at
    from told

    left join metrics
        on told.ticket_id = metrics.ticket_id

)

select * from ticket_values
