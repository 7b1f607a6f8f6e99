{{ config(enabled=is_connected('mailchimp')) }}

with

source as (

    {{ vendor_rows('mailchimp', 'members') }}

),

translated as (

    select
        feed_file,
        feed_row,
        coalesce(lower(id), md5(lower(email_address))) as member_hash,
        list_id,
        {{ listed_field('mailchimp', 'members', 'contact_id') }} as known_contact_id,
        email_address as email,
        coalesce(phone, {{ json_text('merge_fields', 'PHONE') }}, sms_phone_number) as phone,
        coalesce(first_name, {{ json_text('merge_fields', 'FNAME') }}) as first_name,
        coalesce(last_name, {{ json_text('merge_fields', 'LNAME') }}) as last_name,
        coalesce(address, {{ json_text('merge_fields', 'ADDRESS') }}) as address,
        coalesce(
            lower(status),
            case
                when unsub_time is not null then 'unsubscribed'
                when clean_time is not null then 'cleaned'
            end
        ) as status,
        lower(sms_subscription_status) as sms_status,
        {{ listed_field('mailchimp', 'members', 'birth_date') }} as birth_date,
        {{ listed_field('mailchimp', 'members', 'gender') }} as gender,
        {{ listed_field('mailchimp', 'members', 'lifecycle_stage') }} as lifecycle_stage,
        {{ listed_attributes('mailchimp', 'members') -}}
        coalesce(timestamp_signup, timestamp_opt) as created_at,
        coalesce(last_changed, unsub_time, clean_time) as updated_at
    from source

)

select
    *,
    -- a member who says whose contact record this is has none of its own
    coalesce(known_contact_id, 'mailchimp:' || member_hash) as contact_id
from translated
