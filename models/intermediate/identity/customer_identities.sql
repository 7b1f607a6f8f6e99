with

identifiers as (

    select * from {{ ref('identifiers') }}

),

strong_identities as (

    select * from {{ ref('strong_identities') }}

),

weak_identities as (

    select * from {{ ref('weak_identities') }}

),

unnamed_buyers as (

    select
        reference_customers.customer_id,
        min(reference_customers.linked_at) as valid_from

    from {{ ref('reference_customers') }} as reference_customers

    inner join identifiers
        on
            reference_customers.customer_id = identifiers.identifier_id
            and not identifiers.is_strong

    group by reference_customers.customer_id

),

identities as (

    select
        customer_id,
        identifier_id,
        valid_from,
        timestamp '9999-12-31' as valid_to,
        linked_to_id,
        linked_at,
        edge_id_a,
        edge_id_b,
        link_type,
        source
    from strong_identities

    union all

    select
        customer_id,
        identifier_id,
        valid_from,
        valid_to,
        customer_id as linked_to_id,
        linked_at,
        cast(null as string) as edge_id_a,
        cast(null as string) as edge_id_b,
        'signed in' as link_type,
        source
    from weak_identities

    union all

    select
        customer_id,
        customer_id as identifier_id,
        valid_from,
        timestamp '9999-12-31' as valid_to,
        cast(null as string) as linked_to_id,
        cast(null as timestamp) as linked_at,
        cast(null as string) as edge_id_a,
        cast(null as string) as edge_id_b,
        cast(null as string) as link_type,
        'orders' as source
    from unnamed_buyers

),

customer_identities as (

    select
        identities.customer_id,
        identities.identifier_id,
        identifiers.identifier_type,
        identifiers.is_strong,
        identities.valid_from,
        identities.valid_to,
        identities.linked_to_id,
        identities.linked_at,
        identities.edge_id_a,
        identities.edge_id_b,
        identities.link_type,
        identities.source

    from identities

    inner join identifiers
        on identities.identifier_id = identifiers.identifier_id

)

select * from customer_identities
