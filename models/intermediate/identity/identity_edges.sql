with

hubs as (

    select distinct identifier_id from {{ ref('identity_hubs') }}

),

written_together as (

    select
        identifier_id_a,
        identifier_id_b,
        'written together' as link_type,
        source,
        known_at,
        -- an id somebody assigned ties more firmly than an address, and what was written often more firmly
        -- than what was written once
        case
            when identifier_type_a in ('email', 'phone') and identifier_type_b in ('email', 'phone') then 200
            else 400
        end + least(ln(1 + sightings), 10) as strength,
        cast(null as double) as match_probability
    from {{ ref('identifier_pairs') }}
    where is_strong

),

same_account as (

    select
        identifier_id_a,
        identifier_id_b,
        'same account id' as link_type,
        cast(null as string) as source,
        known_at,
        600 as strength,
        cast(null as double) as match_probability
    from {{ ref('same_account_ids') }}
    where {{ is_known_before('known_at', '(select as_of from ' ~ ref('run_context') ~ ')') }}

),

probable as (

    select
        identifier_id_a,
        identifier_id_b,
        'probable' as link_type,
        'contacts' as source,
        known_at,
        -- the weakest of all, whatever its weight
        least(match_weight, 100) as strength,
        match_probability
    from {{ ref('contact_links') }}
    where {{ is_known_before('known_at', '(select as_of from ' ~ ref('run_context') ~ ')') }}

),

links as (

    select * from written_together
    union all
    select * from same_account
    union all
    select * from probable

),

identity_edges as (

    select
        links.identifier_id_a,
        links.identifier_id_b,
        links.link_type,
        links.source,
        links.known_at,
        cast(links.strength as double) as strength,
        links.match_probability

    from links

    left join hubs as hubs_a
        on links.identifier_id_a = hubs_a.identifier_id

    left join hubs as hubs_b
        on links.identifier_id_b = hubs_b.identifier_id

    where hubs_a.identifier_id is null and hubs_b.identifier_id is null

)

select * from identity_edges
