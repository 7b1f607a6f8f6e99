with

contacts as (

    select * from {{ ref('base_feeds__contacts') }}
    where rejected_reason is null

),

set_identifiers as (

    select * from {{ ref('set_identifiers') }}
    where identifier_type in ('email', 'phone')

),

run_context as (

    select * from {{ ref('run_context') }}

),

named_contacts as (

    select
        {{ reference_set_id('contacts') }} as reference_set_id,
        contact_id,
        {{ compared_name('first_name') }} as first_name,
        {{ compared_name('last_name') }} as last_name,
        {{ known_birth_date('birth_date') }} as birth_date,
        {{ known_at('coalesce(updated_at, created_at, recorded_at)', 'recorded_at') }} as known_at
    from contacts

),

bearers as (

    -- without a first name nobody contradicts
    select distinct
        set_identifiers.identifier_id,
        set_identifiers.identifier_type,
        named_contacts.contact_id,
        named_contacts.first_name,
        named_contacts.last_name,
        named_contacts.birth_date
    from named_contacts

    inner join set_identifiers
        on named_contacts.reference_set_id = set_identifiers.reference_set_id

    cross join run_context

    where
        named_contacts.first_name is not null
        and coalesce({{ is_known_before('named_contacts.known_at', 'run_context.as_of') }}, true)

),

identifier_bearers as (

    -- numbered, so that each two contacts are compared once
    select
        *,
        dense_rank() over (partition by identifier_id order by contact_id asc nulls last) as contact_rank
    from bearers

)

select * from identifier_bearers
