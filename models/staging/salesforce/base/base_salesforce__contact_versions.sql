{{ config(enabled=is_connected('salesforce')) }}

with

contacts as (

    select
        *,
        coalesce(mailing_street, mailing_postal_code, mailing_city) is null as has_no_address
    from ({{ vendor_rows('salesforce', 'contact') }}) as contact_rows

),

history as (

    {{ vendor_rows('salesforce', 'contact_history') }}

),

accounts as (

    select * from {{ ref('base_salesforce__accounts') }}

),

identified as (

    select
        contacts.*,
        {{ salesforce_id('contacts.id') }} as record_id,
        accounts.account_key,
        case
            when accounts.has_attributes then accounts.modified_at
            -- a contact without an address has its account's
            when accounts.has_address and contacts.has_no_address then accounts.modified_at
        end as also_known_at
    from contacts

    left join accounts
        on {{ salesforce_id('contacts.account_id') }} = accounts.account_key

),

{{ salesforce_versions('contact') }},

origins as (

    select
        feed_file,
        feed_row,
        account_key,
        created_at,
        created_date,
        last_modified_date,
        also_known_at,
        is_record_gone,
        master_record_id
    from records

),

persons as (

    select
        record_id as contact_id,
        feed_file,
        feed_row,
        {{ salesforce_person('contact') }}
        version_at,
        is_delivered
    from versions

),

contact_versions as (

    select
        persons.contact_id,
        persons.feed_file,
        persons.feed_row,
        {{ salesforce_completed_person() }}
        persons.recorded_at,
        persons.version_at,
        persons.is_delivered,
        origins.created_at as record_created_at,
        origins.created_date,
        origins.last_modified_date,
        origins.is_record_gone as is_deleted_record,
        {{ salesforce_deletion('origins.is_record_gone', 'origins.master_record_id') }}

    from persons

    inner join origins
        on
            persons.feed_file = origins.feed_file
            and persons.feed_row = origins.feed_row

    left join accounts
        on
            origins.account_key = accounts.account_key
            and persons.version_at >= origins.also_known_at

)

select * from contact_versions
