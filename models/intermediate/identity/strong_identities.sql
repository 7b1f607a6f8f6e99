with

identity_links as (

    select * from {{ ref('identity_links') }}

),

split_links as (

    select * from {{ ref('split_links') }}

),

strong_identities as (

    select * from split_links

    union all

    select * from identity_links
    where identifier_id not in (select identifier_id from split_links)

)

select
    customer_id,
    identifier_id,
    valid_from,
    linked_to_id,
    linked_at,
    edge_id_a,
    edge_id_b,
    link_type,
    source
from strong_identities
