with

addresses as (

    select distinct
        written_value,
        identifier_value,
        identifier_id
    from {{ ref('set_identifiers') }}
    where identifier_type = 'email'

),

spellings as (

    -- a provider that does not look at dots has them only as written
    select
        identifier_id,
        identifier_value as spelling
    from addresses
    union
    select
        identifier_id,
        lower(written_value) as spelling
    from addresses

),

identities as (

    select * from {{ ref('strong_identities') }}
    where {{ is_known_before('valid_from', '(select as_of from ' ~ ref('run_context') ~ ')') }}

),

misspelt as (

    select distinct
        addresses.identifier_id,
        split_part(addresses.identifier_value, '@', 1) || '@' || email_addresses.domain_typo as meant_value

    from addresses

    inner join {{ ref('email_addresses') }} as email_addresses
        on addresses.written_value = email_addresses.email

    where email_addresses.domain_typo is not null

),

misspelt_emails as (

    select
        misspelt.identifier_id,
        coalesce(bool_or(identities.customer_id != identities_meant.customer_id), false) as is_apart

    from misspelt

    inner join identities
        on misspelt.identifier_id = identities.identifier_id

    left join spellings as meant
        on misspelt.meant_value = meant.spelling

    left join identities as identities_meant
        on meant.identifier_id = identities_meant.identifier_id

    group by misspelt.identifier_id

)

select * from misspelt_emails
