{# What was refused, since it would have tied several people together. #}
with

cut_customers as (

    select count(distinct identity_links.customer_id) as customers

    from {{ ref('split_links') }} as split_links

    inner join {{ ref('identity_links') }} as identity_links
        on split_links.identifier_id = identity_links.identifier_id

),

refused_links as (

    select
        edges.link_type,
        count(*) as links

    from {{ ref('identity_edges') }} as edges

    inner join {{ ref('strong_identities') }} as one
        on edges.identifier_id_a = one.identifier_id

    inner join {{ ref('strong_identities') }} as other
        on edges.identifier_id_b = other.identifier_id

    where one.customer_id != other.customer_id

    group by edges.link_type

),

hubs as (

    select
        identifier_type || ': ' || reason as detail,
        count(*) as hubs
    from {{ ref('identity_hubs') }}
    where {{ is_known_before('known_at', '(select as_of from ' ~ ref('run_context') ~ ')') }}
    group by identifier_type, reason

),

refusal_figures as (

    select
        {{ figure('over_stitching', 'customers_cut', 'customers') }}
    from cut_customers

    union all

    select
        {{ figure('over_stitching', 'links_refused_by_cutting', 'links', 'link_type') }}
    from refused_links

    union all

    select
        {{ figure('over_stitching', 'hubs', 'hubs', 'detail') }}
    from hubs

)

select * from refusal_figures
