{{ config(enabled=is_connected('mixpanel')) }}

with

source as (

    {{ vendor_rows('mixpanel', 'people') }}

),

people as (

    select
        *,
        {{ mixpanel_properties('properties') }} as told
    from source

),

named as (

    select
        *,
        {{ mixpanel_value('email') }} as known_email,
        {{ mixpanel_value('phone') }} as known_phone,
        {{ mixpanel_value('name') }} as known_name,
        {{ mixpanel_value('first_name') }} as known_first_name,
        {{ mixpanel_value('last_name') }} as known_last_name
    from people

),

renamed as (

    select
        feed_file,
        feed_row,

        -- ids
        'mixpanel:' || distinct_id as contact_id,
        known_email as email,
        known_phone as phone,

        -- words
        coalesce(known_first_name, {{ first_of_two_names('known_name') }}) as first_name,
        coalesce(known_last_name, {{ last_of_two_names('known_name') }}) as last_name,
        {{ mixpanel_value('country_code') }} as country,
        {{ listed_attributes('mixpanel', 'people', 'named') }}

        -- times
        {{ mixpanel_value('created') }} as created_at,
        {{ mixpanel_value('last_seen') }} as updated_at,
        {{ mixpanel_value('last_seen') }} as recorded_at

    from named
    where coalesce(known_email, known_phone, known_name, known_first_name, known_last_name) is not null

)

select * from renamed
