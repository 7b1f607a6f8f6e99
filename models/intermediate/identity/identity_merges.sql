with recursive

identities as (

    select * from {{ ref('customer_identities') }}
    where is_strong

),

identifiers as (

    select * from {{ ref('identifiers') }}

),

merged_customers as (

    -- an identifier that was there before it was linked was the oldest of a customer of its own
    select identities.*

    from identities

    inner join identifiers
        on identities.identifier_id = identifiers.identifier_id

    where
        identities.linked_to_id is not null
        and identifiers.first_known_at < identities.linked_at

),

followed as (

    -- whom it was linked to may have been merged by then, at that very instant or before
    select
        identifier_id,
        linked_at,
        linked_to_id as into_customer_id
    from merged_customers

    union all

    select
        followed.identifier_id,
        followed.linked_at,
        identities.linked_to_id as into_customer_id

    from followed

    inner join identities
        on
            followed.into_customer_id = identities.identifier_id
            and followed.linked_at >= identities.linked_at

),

last_followed as (

    -- the chain ends at the one that is not linked on by then
    select
        followed.identifier_id,
        followed.into_customer_id

    from followed

    left join identities
        on
            followed.into_customer_id = identities.identifier_id
            and followed.linked_at >= identities.linked_at

    where identities.identifier_id is null

),

identity_merges as (

    select
        merged_customers.identifier_id as merged_customer_id,
        last_followed.into_customer_id,
        merged_customers.customer_id,
        merged_customers.linked_at as merged_at,
        merged_customers.edge_id_a,
        merged_customers.edge_id_b,
        merged_customers.link_type,
        merged_customers.source

    from merged_customers

    inner join last_followed
        on merged_customers.identifier_id = last_followed.identifier_id

)

select * from identity_merges
