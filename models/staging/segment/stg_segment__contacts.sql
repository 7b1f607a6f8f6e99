{{ config(enabled=is_connected('segment')) }}

with

users as (

    {{ vendor_rows('segment', 'users') }}

),

renamed as (

    select
        feed_file,
        feed_row,

        -- ids
        'segment:' || id as contact_id,
        email,
        phone,

        -- words
        coalesce(first_name, {{ first_of_two_names('name') }}) as first_name,
        coalesce(last_name, {{ last_of_two_names('name') }}) as last_name,
        coalesce(address_street, {{ json_text('address', 'street') }}) as street,
        coalesce(address_postal_code, {{ json_text('address', 'postalCode') }}) as postcode,
        coalesce(address_city, {{ json_text('address', 'city') }}) as city,
        coalesce(address_country, {{ json_text('address', 'country') }}) as country,
        gender,
        {{ listed_attributes('segment', 'users', 'users') }}

        -- times
        birthday as birth_date,
        created_at,
        received_at as updated_at,
        received_at as recorded_at

    from users
    where coalesce(email, phone, name, first_name, last_name) is not null

)

select * from renamed
