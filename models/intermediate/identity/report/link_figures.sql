{# What was met, what ties customers together, when they were merged, and whose web events are. #}
with

run_context as (

    select * from {{ ref('run_context') }}

),

edges as (

    select * from {{ ref('identity_edges') }}

),

identity_merges as (

    select
        merged_at,
        left(cast(date_trunc('month', merged_at) as string), 7) as merged_month
    from {{ ref('identity_merges') }}

),

events as (

    select
        case
            when reference_customers.customer_id is null then 'of nobody'
            when set_customers.customer_id is not null then 'of whom they name'
            else 'of whoever was signed in'
        end as kind

    from {{ ref('stg_feeds__web_events') }} as events

    left join {{ ref('reference_customers') }} as reference_customers
        on {{ is_row_of_customer('events', 'occurred_at') }}

    left join {{ ref('set_customers') }} as set_customers
        on events.reference_set_id = set_customers.reference_set_id

    where {{ is_known_before('events.known_at', '(select as_of from ' ~ ref('run_context') ~ ')') }}

),

link_figures as (

    select
        {{ figure('identifiers', 'identifiers_by_type', 'count(*)', 'identifier_type') }}
    from {{ ref('identifiers') }}
    where {{ is_known_before('first_known_at', '(select as_of from ' ~ ref('run_context') ~ ')') }}
    group by identifier_type

    union all

    select
        {{ figure('identifiers', 'pairs_written_together', 'pairs', 'identifier_types') }}
    from {{ ref('type_meetings') }}

    union all

    select
        {{ figure('links', 'links_by_type', 'count(*)', 'link_type') }}
    from edges
    group by link_type

    union all

    select
        {{ figure('links', 'joins_by_type', 'count(*)', 'link_type') }}
    from {{ ref('strong_identities') }}
    where linked_to_id is not null
    group by link_type

    union all

    select
        {{ figure('links', 'mean_probability', 'avg(match_probability)', 'link_type') }}
    from edges
    group by link_type

    union all

    select
        {{ figure('merges', 'merges', 'count(*)') }}
    from identity_merges

    union all

    select
        {{ figure('merges', 'merges_in_the_newest_30_days', 'count(*)') }}
    from identity_merges
    where merged_at >= (select as_of - interval '30' day from run_context)

    union all

    select
        {{ figure('merges', 'merges_by_month', 'count(*)', 'merged_month') }}
    from identity_merges
    group by merged_month

    union all

    select
        {{ figure('web_events', 'events', 'count(*)', 'kind') }}
    from events
    group by kind

    union all

    select
        {{ figure('web_events', 'share_of_somebody', "avg(case kind when 'of nobody' then 0 else 1 end)") }}
    from events

)

select * from link_figures
