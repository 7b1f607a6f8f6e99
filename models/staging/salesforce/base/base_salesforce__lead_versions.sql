{{ config(enabled=is_connected('salesforce')) }}

with

leads as (

    {{ vendor_rows('salesforce', 'lead') }}

),

history as (

    {{ vendor_rows('salesforce', 'lead_history') }}

),

identified as (

    select
        *,
        {{ salesforce_id('id') }} as record_id,
        cast(null as timestamp) as also_known_at
    from leads

),

{{ salesforce_versions('lead') }},

origins as (

    select
        feed_file,
        feed_row,
        created_at,
        created_date,
        last_modified_date,
        is_record_gone,
        master_record_id,
        {{ salesforce_id('converted_contact_id') }} as converted_contact_id
    from records

),

persons as (

    select
        record_id as lead_id,
        feed_file,
        feed_row,
        {{ salesforce_person('lead') }}
        version_at,
        is_delivered
    from versions

),

lead_versions as (

    select
        persons.*,
        origins.converted_contact_id,
        origins.created_at as record_created_at,
        origins.created_date,
        origins.last_modified_date,
        {{ salesforce_deletion('origins.is_record_gone', 'origins.master_record_id') }}

    from persons

    inner join origins
        on
            persons.feed_file = origins.feed_file
            and persons.feed_row = origins.feed_row

)

select * from lead_versions
