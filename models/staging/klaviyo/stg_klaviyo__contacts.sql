{{ config(enabled=is_connected('klaviyo')) }}

with

profiles as (

    select * from {{ ref('base_klaviyo__profiles') }}

),

consents as (

    select
        *,
        upper({{ json_text('subscriptions', 'email.marketing.consent') }}) as email_word,
        upper({{ json_text('subscriptions', 'sms.marketing.consent') }}) as sms_word
    from profiles

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
        street,
        postcode,
        city,
        country,
        birth_date,
        gender,
        lifecycle_stage,
        case
            when email_word = 'SUBSCRIBED' then 'true'
            when email_word in ('UNSUBSCRIBED', 'NEVER_SUBSCRIBED') then 'false'
        end as email_consent,
        case
            when sms_word = 'SUBSCRIBED' then 'true'
            when sms_word in ('UNSUBSCRIBED', 'NEVER_SUBSCRIBED') then 'false'
        end as sms_consent,
        {% for name in connector_fields('klaviyo', 'profiles') if name.startswith('attr_') -%}
        {{ name }},
        {% endfor -%}
        created_at,
        updated_at,
        case when is_deleted then '_fivetran_deleted' end as rejected_column,
        case when is_deleted then 'is true: deleted in Klaviyo' end as rejected_reason
    from consents
    where known_contact_id is null

)

select * from contacts
