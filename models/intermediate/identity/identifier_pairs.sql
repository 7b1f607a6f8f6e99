with

set_identifiers as (

    select * from {{ ref('set_identifiers') }}
    where {{ is_known_before('known_at', '(select as_of from ' ~ ref('run_context') ~ ')') }}

),

pairs_of_sets as (

    select
        least(one.identifier_id, other.identifier_id) as identifier_id_a,
        greatest(one.identifier_id, other.identifier_id) as identifier_id_b,
        case
            when one.identifier_id < other.identifier_id then one.identifier_type else other.identifier_type
        end as identifier_type_a,
        case
            when one.identifier_id < other.identifier_id then other.identifier_type else one.identifier_type
        end as identifier_type_b,
        one.is_strong and other.is_strong as is_strong,
        one.source,
        one.known_at,
        one.sightings

    from set_identifiers as one

    inner join set_identifiers as other
        on
            one.reference_set_id = other.reference_set_id
            and one.is_strong
            -- each pair once: two strong ones in one order, a strong one before a weak one
            and (one.identifier_id < other.identifier_id or not other.is_strong)

),

identifier_pairs as (

    select
        identifier_id_a,
        identifier_id_b,
        identifier_type_a,
        identifier_type_b,
        is_strong,
        {{ first_row(['source'], ['known_at', 'source']) }} as first_sighting,
        min(known_at) as known_at,
        cast(sum(sightings) as bigint) as sightings
    from pairs_of_sets
    group by identifier_id_a, identifier_id_b, identifier_type_a, identifier_type_b, is_strong

)

select
    identifier_id_a,
    identifier_id_b,
    identifier_type_a,
    identifier_type_b,
    is_strong,
    first_sighting.source,
    known_at,
    sightings
from identifier_pairs
