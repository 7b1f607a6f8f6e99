{# Whose a set of references is, by the strongest identifier in it that is one person's alone. #}
with

set_identifiers as (

    select * from {{ ref('set_identifiers') }}
    where is_strong

),

strong_identities as (

    select * from {{ ref('strong_identities') }}

),

hubs as (

    select distinct identifier_id from {{ ref('identity_hubs') }}

),

ranked as (

    select
        set_identifiers.reference_set_id,
        set_identifiers.source,
        set_identifiers.known_at,
        strong_identities.customer_id,
        strong_identities.valid_from,
        row_number() over (
            partition by set_identifiers.reference_set_id
            order by
                case when hubs.identifier_id is null then 0 else 1 end asc nulls last,
                {{ reference_rank('set_identifiers.identifier_type') }} asc nulls last
        ) as identifier_rank

    from set_identifiers

    inner join strong_identities
        on set_identifiers.identifier_id = strong_identities.identifier_id

    left join hubs
        on set_identifiers.identifier_id = hubs.identifier_id

),

chosen as (

    select * from ranked
    where identifier_rank = 1

),

set_customers as (

    select
        chosen.reference_set_id,
        chosen.source,
        chosen.known_at,
        chosen.customer_id,
        -- known to be theirs as soon as any of its identifiers is
        min(ranked.valid_from) as linked_at

    from chosen

    inner join ranked
        on
            chosen.reference_set_id = ranked.reference_set_id
            and chosen.customer_id = ranked.customer_id

    group by chosen.reference_set_id, chosen.source, chosen.known_at, chosen.customer_id

)

select * from set_customers
