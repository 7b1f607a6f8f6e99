{{ config(enabled=is_connected('mailchimp')) }}

with

members as (

    select * from {{ ref('base_mailchimp__members') }}

),

contacts as (

    select
        feed_file,
        feed_row,
        contact_id,
        email,
        phone,
        first_name,
        last_name,
        {{ json_text('address', 'addr1') }} as street,
        {{ json_text('address', 'zip') }} as postcode,
        {{ json_text('address', 'city') }} as city,
        {{ json_text('address', 'country') }} as country,
        birth_date,
        gender,
        lifecycle_stage,
        case
            when status = 'subscribed' then 'true'
            when status in ('unsubscribed', 'cleaned', 'pending', 'transactional') then 'false'
        end as email_consent,
        case
            when sms_status = 'subscribed' then 'true'
            when sms_status in ('unsubscribed', 'nonsubscribed', 'pending') then 'false'
        end as sms_consent,
        {% for name in connector_fields('mailchimp', 'members') if name.startswith('attr_') -%}
        {{ name }},
        {% endfor -%}
        created_at,
        updated_at
    from members
    where known_contact_id is null

)

select * from contacts
