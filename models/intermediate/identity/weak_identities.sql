{# Whose a browser or device was, and when: the last who signed in on it has it until the next one does. #}
with

set_identifiers as (

    select * from {{ ref('set_identifiers') }}
    where
        not is_strong
        and {{ is_known_before('known_at', '(select as_of from ' ~ ref('run_context') ~ ')') }}

),

set_customers as (

    select * from {{ ref('set_customers') }}

),

sign_ins as (

    select * from {{ ref('sign_ins') }}

),

hubs as (

    select
        identifier_id,
        min(known_at) as known_at
    from {{ ref('identity_hubs') }}
    group by identifier_id

),

followed_sign_ins as (

    select
        *,
        lag(customer_id) over (
            partition by identifier_id
            order by occurred_at asc nulls last, linked_at asc nulls last, customer_id asc nulls last
        ) as previous_customer_id
    from sign_ins

),

of_one_after_another as (

    select
        identifier_id,
        customer_id,
        source,
        occurred_at as valid_from,
        linked_at,
        coalesce(
            lead(occurred_at) over (
                partition by identifier_id
                order by occurred_at asc nulls last, linked_at asc nulls last, customer_id asc nulls last
            ),
            timestamp '9999-12-31'
        ) as valid_to
    from followed_sign_ins
    where previous_customer_id is distinct from customer_id

),

of_one as (

    select
        set_identifiers.identifier_id,
        min(set_customers.customer_id) as customer_id,
        min(set_identifiers.source) as source,
        min(set_identifiers.known_at) as valid_from,
        min(greatest(set_identifiers.known_at, set_customers.linked_at)) as linked_at,
        timestamp '9999-12-31' as valid_to

    from set_identifiers

    inner join set_customers
        on set_identifiers.reference_set_id = set_customers.reference_set_id

    where set_identifiers.identifier_id not in (select identifier_id from sign_ins)

    group by set_identifiers.identifier_id

),

owned as (

    select * from of_one
    union all
    select * from of_one_after_another

),

weak_identities as (

    -- once too many people have used it, nobody's sign-in says who comes next
    select
        owned.identifier_id,
        owned.customer_id,
        owned.source,
        owned.valid_from,
        least(owned.valid_to, coalesce(hubs.known_at, owned.valid_to)) as valid_to,
        owned.linked_at

    from owned

    left join hubs
        on owned.identifier_id = hubs.identifier_id

    where
        owned.valid_from < owned.valid_to
        and owned.valid_from < coalesce(hubs.known_at, owned.valid_to)

)

select * from weak_identities
