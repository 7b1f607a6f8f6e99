{{ config(enabled=is_connected('zendesk')) }}

with

tickets as (

    {{ vendor_rows('zendesk', 'tickets') }}

),

named as (

    select unnest({{ json_items('merged_ticket_ids') }}) as ticket_id
    from tickets

),

merged_tickets as (

    select replace(cast(ticket_id as string), '"', '') as ticket_id
    from named

    union distinct

    -- Zendesk puts this tag on a ticket that it closes by merging
    select id as ticket_id
    from tickets
    where tags like '%closed_by_merge%'

)

select * from merged_tickets
