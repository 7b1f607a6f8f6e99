-- depends_on: {{ ref('base_feeds__contacts') }}

with

source as (

    select * from {{ ref('base_feeds__contacts') }}

),

readable as (

    select * from source
    where rejected_reason is null

),

deliveries as (

    select
        *,
        {{ delivery_rank(feed_key('contacts')) }} as delivery_rank
    from readable

),

renamed as (

    select
        -- ids
        {{ identifier_key('contact_id', 'contact_id') }} as contact_key,
        {{ reference_set_id('contacts') }} as reference_set_id,

        -- words (names and addresses stay in schema pii)
        {{ without_address('city') }} as city,
        {{ without_address('country') }} as country,
        {{ without_address('gender') }} as gender,
        {{ without_address('lifecycle_stage') }} as lifecycle_stage,
        email_consent,
        sms_consent,
        {% for name in contact_attributes() -%}
        {{ without_address(name) }} as {{ name }},
        {% endfor %}
        -- times
        created_at,
        coalesce(updated_at, created_at, recorded_at) as updated_at,
        {{ known_at('coalesce(updated_at, created_at, recorded_at)', 'recorded_at') }} as known_at

    from deliveries
    where delivery_rank = 1

)

select * from renamed
