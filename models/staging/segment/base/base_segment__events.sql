{{ config(enabled=is_connected('segment')) }}

with

{% for table in segment_event_tables() -%}
{{ table }}_calls as (

    {{ vendor_rows('segment', table) }}

),

{% endfor -%}
events as (

    {% for table in segment_event_tables() -%}
    select
        *,
        '{{ table }}' as call,
        coalesce(timestamp, original_timestamp, received_at) as occurred_at
    from {{ table }}_calls
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from events
