{{ config(enabled=is_connected('klaviyo')) }}

with

source as (

    {{ vendor_rows('klaviyo', 'profiles') }}

),

translated as (

    select
        feed_file,
        feed_row,
        id,
        {{ listed_field(
            'klaviyo', 'profiles', 'contact_id',
            'coalesce(external_id, ' ~ json_text('attributes', 'external_id') ~ ')'
        ) }} as known_contact_id,
        coalesce(email, {{ json_text('attributes', 'email') }}) as email,
        coalesce(phone_number, {{ json_text('attributes', 'phone_number') }}) as phone,
        coalesce(first_name, {{ json_text('attributes', 'first_name') }}) as first_name,
        coalesce(last_name, {{ json_text('attributes', 'last_name') }}) as last_name,
        coalesce(address_1, {{ json_text('attributes', 'location.address1') }}) as street,
        coalesce(zip, {{ json_text('attributes', 'location.zip') }}) as postcode,
        coalesce(city, {{ json_text('attributes', 'location.city') }}) as city,
        coalesce(country, {{ json_text('attributes', 'location.country') }}) as country,
        {{ listed_field('klaviyo', 'profiles', 'birth_date') }} as birth_date,
        {{ listed_field('klaviyo', 'profiles', 'gender') }} as gender,
        {{ listed_field('klaviyo', 'profiles', 'lifecycle_stage') }} as lifecycle_stage,
        coalesce(subscriptions, {{ json_text('attributes', 'subscriptions') }}) as subscriptions,
        {{ listed_attributes('klaviyo', 'profiles') -}}
        coalesce(created, {{ json_text('attributes', 'created') }}) as created_at,
        coalesce(updated, {{ json_text('attributes', 'updated') }}) as updated_at,
        {{ says_true('_fivetran_deleted') }} as is_deleted
    from source

)

select
    *,
    -- a profile that says whose contact record this is has none of its own
    coalesce(known_contact_id, 'klaviyo:' || id) as contact_id,
    row_number() over (
        partition by id
        order by
            {{ try_timestamp('updated_at') }} desc nulls last,
            feed_file desc nulls last,
            feed_row desc nulls last
    ) as delivery_rank
from translated
