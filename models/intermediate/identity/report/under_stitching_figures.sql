{# Signs that one person has remained several customers. #}
with

customers as (

    select * from {{ ref('customer_sizes') }}

),

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

    where
        email_addresses.domain_typo is not null
        and addresses.identifier_id in (select identifier_id from identities)

),

twins as (

    select distinct
        misspelt.identifier_id,
        identities_misspelt.customer_id != identities_meant.customer_id as are_apart

    from misspelt

    inner join spellings as meant
        on misspelt.meant_value = meant.spelling

    inner join identities as identities_misspelt
        on misspelt.identifier_id = identities_misspelt.identifier_id

    inner join identities as identities_meant
        on meant.identifier_id = identities_meant.identifier_id

),

type_meetings as (

    select * from {{ ref('type_meetings') }}

),

under_stitching_figures as (

    select
        {{ figure('under_stitching', 'customers_with_contacts_but_no_orders', 'count(*)') }}
    from customers
    where contact_id_count > 0 and orders = 0

    union all

    select
        {{ figure('under_stitching', 'customers_with_orders_but_no_contacts', 'count(*)') }}
    from customers
    where contact_id_count = 0 and orders > 0

    union all

    select
        {{ figure('under_stitching', 'orders_of_customers_of_one_identifier', 'coalesce(sum(orders), 0)') }}
    from customers
    where identifiers = 1

    union all

    select
        {{ figure('under_stitching', 'emails_of_a_misspelt_domain', 'count(*)') }}
    from misspelt

    union all

    select
        {{ figure('under_stitching', 'emails_apart_by_a_misspelt_domain', 'count(*)') }}
    from twins
    where are_apart

    union all

    select
        {{ figure(
            'under_stitching', 'customers_with_two_types_never_written_together', 'customers', 'identifier_types'
        ) }}
    from type_meetings
    where sightings = 0

)

select * from under_stitching_figures
