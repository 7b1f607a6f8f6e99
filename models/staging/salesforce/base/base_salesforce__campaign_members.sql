{{ config(enabled=is_connected('salesforce')) }}

{%- set is_control = listed_field('salesforce', 'campaign_member', 'is_control', relation='members') %}

with

keyed as (

    select
        *,
        {{ salesforce_id('campaign_id') }} as campaign_key,
        {{ salesforce_id('contact_id') }} as contact_key,
        {{ salesforce_id('lead_id') }} as lead_key
    from ({{ vendor_rows('salesforce', 'campaign_member') }}) as campaign_members

),

identified as (

    -- nobody is in a campaign twice: without an id, who is in which campaign tells members apart
    select
        *,
        coalesce(
            {{ salesforce_id('id') }},
            campaign_key || ':' || coalesce(contact_key, lead_key),
            feed_file || ':' || cast(feed_row as string)
        ) as record_id
    from keyed

),

{{ salesforce_records() }},

lead_contacts as (

    select * from {{ ref('base_salesforce__lead_contacts') }}

),

campaign_members as (

    -- a lead that became a contact is that contact, whatever the member still says
    select
        members.feed_file,
        members.feed_row,
        members.campaign_key as campaign_id,
        coalesce(members.contact_key, lead_contacts.contact_id, members.lead_key) as contact_id,
        -- not the member's status: it tells who responded, and an arm must not
        coalesce(
            {{ listed_field('salesforce', 'campaign_member', 'arm', relation='members') }},
            case when {{ says_true(is_control) }} then 'control' else 'member' end
        ) as arm,
        {{ is_control }} as is_control,
        {{ says_true('members.has_responded') }} as has_responded,
        members.first_responded_date,
        members.created_date,
        members.last_modified_date,
        members.newest_rank = 1 as is_newest,
        {{ salesforce_deletion(is_gone_from_salesforce('members')) }}

    from records as members

    left join lead_contacts
        on members.lead_key = lead_contacts.lead_id

)

select * from campaign_members
