{{ config(enabled=is_connected('salesforce')) }}

with

identified as (

    select
        *,
        {{ salesforce_id('id') }} as record_id,
        cast(null as timestamp) as also_known_at
    from ({{ vendor_rows('salesforce', 'lead') }}) as leads

),

{{ salesforce_records() }},

lead_contacts as (

    select
        record_id as lead_id,
        coalesce({{ salesforce_id('converted_contact_id') }}, record_id) as contact_id,
        created_at as lead_created_at
    from records
    where newest_rank = 1

)

select * from lead_contacts
