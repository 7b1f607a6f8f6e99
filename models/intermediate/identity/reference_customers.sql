with

set_identifiers as (

    select * from {{ ref('set_identifiers') }}

),

set_customers as (

    select * from {{ ref('set_customers') }}

),

weak_identities as (

    select
        *,
        row_number() over (partition by identifier_id order by valid_from asc nulls last) as period_number
    from {{ ref('weak_identities') }}

),

weak_sets as (

    select
        *,
        identifier_id in (select identifier_id from weak_identities) as has_owner
    from set_identifiers
    where set_identifiers.reference_set_id not in (select reference_set_id from set_customers)

),

ranked as (

    -- the browser says more of who sits before it than the device, which has several
    select
        *,
        row_number() over (
            partition by reference_set_id
            order by
                case when has_owner then 0 else 1 end asc nulls last,
                {{ reference_rank('identifier_type') }} desc nulls last
        ) as identifier_rank
    from weak_sets

),

chosen as (

    select * from ranked
    where identifier_rank = 1

),

signed_in as (

    select
        chosen.reference_set_id,
        weak_identities.customer_id,
        -- what was done before the first sign-in was done by whoever then signed in
        case
            when weak_identities.period_number = 1 then timestamp '1000-01-01' else weak_identities.valid_from
        end as holds_from,
        weak_identities.valid_to as holds_to,
        weak_identities.linked_at

    from chosen

    inner join weak_identities
        on chosen.identifier_id = weak_identities.identifier_id

),

last_periods as (

    select
        reference_set_id,
        max(holds_to) as holds_to
    from signed_in
    group by reference_set_id

),

unnamed_buyers as (

    -- somebody who buys is a customer, however little the order says of them
    select
        chosen.reference_set_id,
        chosen.identifier_id as customer_id,
        coalesce(last_periods.holds_to, timestamp '1000-01-01') as holds_from,
        timestamp '9999-12-31' as holds_to,
        chosen.known_at as linked_at

    from chosen

    left join last_periods
        on chosen.reference_set_id = last_periods.reference_set_id

    where
        chosen.source = 'orders'
        and coalesce(last_periods.holds_to, timestamp '1000-01-01') < timestamp '9999-12-31'

)

select
    reference_set_id,
    customer_id,
    timestamp '1000-01-01' as holds_from,
    timestamp '9999-12-31' as holds_to,
    linked_at
from set_customers

union all

select * from signed_in

union all

select * from unnamed_buyers
