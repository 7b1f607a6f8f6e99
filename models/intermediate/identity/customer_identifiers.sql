with

set_identifiers as (

    select * from {{ ref('set_identifiers') }}

),

customer_identities as (

    select * from {{ ref('customer_identities') }}

),

customer_identifiers as (

    select
        customer_identities.customer_id,
        set_identifiers.source,
        set_identifiers.identifier_type,
        case when set_identifiers.identifier_type = 'email' then lower(set_identifiers.written_value)
            else set_identifiers.written_value
        end as identifier_value,
        set_identifiers.identifier_id,
        -- not before the feed showed it, and not before it was known to be theirs
        min(greatest(
            set_identifiers.known_at,
            case when customer_identities.is_strong then customer_identities.valid_from
                else coalesce(customer_identities.linked_at, customer_identities.valid_from)
            end
        )) as valid_from

    from set_identifiers

    inner join customer_identities
        on set_identifiers.identifier_id = customer_identities.identifier_id

    group by
        customer_identities.customer_id,
        set_identifiers.source,
        set_identifiers.identifier_type,
        case when set_identifiers.identifier_type = 'email' then lower(set_identifiers.written_value)
            else set_identifiers.written_value
        end,
        set_identifiers.identifier_id

)

select * from customer_identifiers
