{{ config(enabled=is_connected('salesforce')) }}

with

contact_versions as (

    select * from {{ ref('base_salesforce__contact_versions') }}

),

lead_versions as (

    select * from {{ ref('base_salesforce__lead_versions') }}

),

first_leads as (

    select
        contact_id,
        min(lead_created_at) as lead_created_at
    from {{ ref('base_salesforce__lead_contacts') }}
    group by contact_id

),

standing_contacts as (

    select
        contact_id,
        min(record_created_at) as created_at,
        count(*) filter (where is_deleted_record) > 0 as is_deleted
    from contact_versions
    group by contact_id

),

contacts as (

    select
        contact_versions.*,
        least(contact_versions.record_created_at, first_leads.lead_created_at) as person_created_at
    from contact_versions

    left join first_leads
        on contact_versions.contact_id = first_leads.contact_id

),

leads as (

    -- until it was converted, what a lead says is the history of the contact that it became
    select
        lead_versions.*,
        coalesce(lead_versions.converted_contact_id, lead_versions.lead_id) as contact_id,
        standing_contacts.contact_id is not null as is_stood_for,
        lead_versions.record_created_at as person_created_at
    from lead_versions

    left join standing_contacts
        on lead_versions.converted_contact_id = standing_contacts.contact_id

    where
        lead_versions.is_delivered
        or standing_contacts.contact_id is null
        or (lead_versions.version_at < standing_contacts.created_at and not standing_contacts.is_deleted)

),

persons as (

    select
        {{ salesforce_contact('rejected_column', 'rejected_reason') }}
    from contacts

    union all

    select
        {{ salesforce_contact(
            "case when is_delivered and is_stood_for then 'converted_contact_id' else rejected_column end",
            "case when is_delivered and is_stood_for then 'is filled: the contact stands for the lead' else rejected_reason end"
        ) }}
    from leads

)

select * from persons
