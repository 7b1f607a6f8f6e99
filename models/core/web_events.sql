with

events as (

    select * from {{ ref('stg_feeds__web_events') }}

),

bot_visitors as (

    select * from {{ ref('bot_visitors') }}

),

event_names as (

    -- one name per spelling, however often somebody wrote it down
    select
        {{ event_spelling('spelling') }} as spelling,
        min(event_name) as event_name
    from {{ ref('event_names') }}
    group by {{ event_spelling('spelling') }}

),

reference_customers as (

    select * from {{ ref('reference_customers') }}

),

named as (

    select
        events.event_id,
        reference_customers.customer_id,
        events.visitor_id,
        events.session_ref,
        events.product_id,
        coalesce(event_names.event_name, events.event_name) as event_name,
        events.category,
        events.device,
        events.page_path,
        events.referrer_host,
        events.search_query,
        events.utm_source,
        events.utm_medium,
        events.utm_campaign,
        events.revenue,
        bot_visitors.visitor_id is not null as is_bot,
        {{ is_late('events.occurred_at', 'events.known_at') }} as is_late,
        events.is_clock_corrected,
        events.occurred_at,
        -- late or not, it is whose it is only since that was known
        {{ linked_known_at('events.known_at') }} as known_at

    from events

    left join event_names
        on {{ event_spelling('events.event_name') }} = event_names.spelling

    left join bot_visitors
        on
            events.visitor_id = bot_visitors.visitor_id
            and events.occurred_at >= bot_visitors.bot_since

    left join reference_customers
        on {{ is_row_of_customer('events', 'occurred_at') }}

)

select * from named
