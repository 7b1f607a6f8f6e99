with

reference_sets as (

    select * from {{ ref('reference_sets') }}

),

email_addresses as (

    select * from {{ ref('email_addresses') }}

),

phone_numbers as (

    select * from {{ ref('phone_numbers') }}

),

written as (

    {% for column in reference_columns() -%}
    select
        reference_set_id,
        source,
        '{{ column }}' as identifier_type,
        {{ column }} as written_value,
        country,
        known_at,
        sightings
    from reference_sets
    where {{ column }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

normalised as (

    select
        written.*,
        case written.identifier_type
            -- what cannot be read as an address or a number still names somebody: as it is written
            when 'email' then coalesce(email_addresses.email_address, lower(written.written_value))
            when 'phone' then coalesce(phone_numbers.phone_number, written.written_value)
            else written.written_value
        end as identifier_value,
        coalesce(email_addresses.is_role, false) as is_role,
        coalesce(email_addresses.is_placeholder, phone_numbers.note = 'placeholder', false) as is_placeholder

    from written

    left join email_addresses
        on
            written.identifier_type = 'email'
            and written.written_value = email_addresses.email

    left join phone_numbers
        on
            written.identifier_type = 'phone'
            and written.written_value = phone_numbers.phone
            and written.country is not distinct from phone_numbers.country

),

set_identifiers as (

    select
        reference_set_id,
        source,
        identifier_type,
        written_value,
        identifier_value,
        case identifier_type
            {% for column in reference_columns() -%}
            when '{{ column }}' then {{ identifier_key(column, 'identifier_value') }}
            {% endfor -%}
        end as identifier_id,
        identifier_type not in ('device_id', 'anonymous_id') as is_strong,
        is_role,
        is_placeholder,
        known_at,
        sightings
    from normalised

)

select * from set_identifiers
