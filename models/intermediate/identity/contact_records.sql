{%- set compared = [
    'first_name', 'last_name', 'street', 'postcode', 'city', 'country', 'birth_date', 'gender',
    'email_local_part', 'email_domain', 'phone_digits',
] %}

with

contacts as (

    select * from {{ ref('base_feeds__contacts') }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

readable_contacts as (

    select
        *,
        coalesce(
            {{ known_at('coalesce(updated_at, created_at, recorded_at)', 'recorded_at') }},
            timestamp '1970-01-01'
        ) as known_at
    from contacts
    where rejected_reason is null

),

cleaned_contacts as (

    select
        {{ identifier_key('contact_id', 'contact_id') }} as identifier_id,
        {{ compared_name('first_name') }} as given_names,
        {{ compared_name('last_name') }} as family_name,
        {{ compared_street('street') }} as street,
        {{ compared_postcode('postcode') }} as postcode,
        {{ compared_words('city') }} as city,
        {{ compared_words('country') }} as country,
        birth_date,
        {{ compared_gender('gender') }} as gender,
        {{ compared_local_part('email') }} as email_local_part,
        nullif(split_part({{ folded('email') }}, '@', 2), '') as email_domain,
        {{ compared_phone('phone') }} as phone_digits,
        readable_contacts.known_at
    from readable_contacts
    cross join run_context
    where {{ is_known_before('readable_contacts.known_at', 'run_context.as_of') }}

),

split_contacts as (

    -- a whole name in the field of the first name: its last word is the last name
    select
        *,
        case
            when family_name is null and given_names like '% %'
                then {{ first_match('given_names', '[^ ]+$') }}
            else family_name
        end as last_name,
        case
            when family_name is null and given_names like '% %'
                then {{ replaced('given_names', ' [^ ]+$') }}
            else given_names
        end as first_name
    from cleaned_contacts

),

versions as (

    select
        identifier_id,
        {% for column in compared -%}
        {{ column }},
        {% endfor -%}
        min(known_at) as known_at
    from split_contacts
    where coalesce(first_name, last_name, street, postcode, city, email_local_part, phone_digits) is not null
        or birth_date is not null
    group by identifier_id, {{ compared | join(', ') }}

),

contact_records as (

    select
        {{ hashed("identifier_id || '|' || coalesce(cast("
            ~ compared | join(" as string), '') || '|' || coalesce(cast(") ~ " as string), '')") }} as contact_record_id,
        identifier_id,
        {% for column in compared -%}
        {{ column }},
        {% endfor -%}
        known_at
    from versions

)

select * from contact_records
