{{ config(enabled=is_connected('mailchimp')) }}
{% set tables = ['email_activity', 'automation_recipient_activity', 'member_activity'] %}

with

{% for table in tables %}
{{ table }} as (

    {{ vendor_rows('mailchimp', table) }}

),

{{ table }}_items as (

    -- the API nests what a member did in one row; loaders lay it flat
    select
        *,
        unnest({{ json_items('activity') }}) as item
    from {{ table }}
    where activity is not null

),
{% endfor %}

united as (

    {% for table in tables -%}
    select
        feed_file,
        feed_row,
        '{{ table }}' as table_name,
        campaign_id,
        list_id,
        email_id,
        email_address,
        lower(action) as action,
        timestamp as occurred_at,
        url,
        {{ listed_field('mailchimp', table, 'recorded_at') }} as recorded_at
    from {{ table }}
    where activity is null

    union all

    select
        feed_file,
        feed_row,
        '{{ table }}' as table_name,
        coalesce(campaign_id, {{ json_text('item', 'campaign_id') }}) as campaign_id,
        list_id,
        email_id,
        email_address,
        lower(coalesce(
            {{ json_text('item', 'action') }}, {{ json_text('item', 'activity_type') }}
        )) as action,
        coalesce(
            {{ json_text('item', 'timestamp') }}, {{ json_text('item', 'created_at_timestamp') }}
        ) as occurred_at,
        coalesce({{ json_text('item', 'url') }}, {{ json_text('item', 'link_clicked') }}) as url,
        {{ listed_field('mailchimp', table, 'recorded_at') }} as recorded_at
    from {{ table }}_items
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

named as (

    -- what Mailchimp adds to its words stays as it is, and is judged with the feed
    select
        *,
        case replace(action, 'mandrill_', '')
            when 'sent' then 'sent'
            when 'send' then 'sent'
            when 'open' then 'opened'
            when 'click' then 'clicked'
            when 'bounce' then 'bounced'
            when 'hard_bounce' then 'bounced'
            when 'soft_bounce' then 'bounced'
            when 'unsub' then 'unsubscribed'
            when 'abuse' then 'complained'
            when 'spam' then 'complained'
        end as known_event
    from united

)

select
    *,
    coalesce(known_event, action) as event
from named
-- a member's history tells of orders, notes and pages, too
where known_event is not null or table_name != 'member_activity'
