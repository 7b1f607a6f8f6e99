{{ config(enabled=is_connected('segment')) }}

with

events as (

    select * from {{ ref('base_segment__events') }}

),

event_ids as (

    -- read a second time, for one column: an engine would keep all of a query that is asked twice
    select id from {{ ref('base_segment__events') }}

),

{% for table in ['tracks', 'pages', 'screens', 'identifies'] -%}
{{ table }} as (

    {{ vendor_rows('segment', table) }}

),

{% endfor -%}
tracks_without_table as (

    -- an event that has a table of its own stands in both: there with its properties
    select * from tracks
    where not exists (
        select event_ids.id
        from event_ids
        where event_ids.id = tracks.id
    )

),

calls as (

    select * from events

    {% for table in ['tracks_without_table', 'pages', 'screens', 'identifies'] -%}
    union all

    select
        *,
        '{{ table | replace('_without_table', '') }}' as call,
        coalesce(timestamp, original_timestamp, received_at) as occurred_at
    from {{ table }}

    {% endfor %}
)

select * from calls
