{% set events_per_day = bot_events_per_day() %}
{% set events_per_minute = bot_events_per_minute() %}
with

events as (

    -- a day is judged once, by what came in time: what arrives later changes no verdict
    select * from {{ ref('stg_feeds__web_events') }}
    where
        not {{ is_late('occurred_at', 'known_at') }}
        {% if validated_as_of() -%}
        and {{ is_known_before('known_at', validated_as_of()) }}
        {% endif %}
),

visitor_days as (

    -- a wrong clock puts many events at one instant: they say nothing of pace
    select
        visitor_id,
        date_trunc('day', occurred_at) as day_at,
        count(*) as events,
        count(*) filter (where not is_clock_corrected) as timed_events,
        coalesce({{ days_between(
            'min(occurred_at) filter (where not is_clock_corrected)',
            'max(occurred_at) filter (where not is_clock_corrected)',
        ) }}, 0) * 24 * 60 as active_minutes,
        bool_or({{ is_bot_device('device') }}) as has_bot_device
    from events
    group by visitor_id, date_trunc('day', occurred_at)

),

bot_days as (

    select
        visitor_id,
        day_at,
        events,
        case
            when has_bot_device then 'calls itself a bot'
            when events > {{ events_per_day }} then 'more than {{ events_per_day }} events in a day'
            else 'more than {{ events_per_minute }} events per minute'
        end as reason
    from visitor_days
    where
        has_bot_device
        or events > {{ events_per_day }}
        or timed_events > {{ events_per_minute }} * greatest(active_minutes, 1)

),

ranked as (

    select
        *,
        row_number() over (partition by visitor_id order by day_at asc nulls last) as day_rank
    from bot_days

),

bot_visitors as (

    -- from the day on that gave it away: what it did before is not judged by what came later
    select
        visitor_id,
        day_at as bot_since,
        reason,
        events as events_of_that_day
    from ranked
    where day_rank = 1

)

select * from bot_visitors
