-- depends_on: {{ ref('base_feeds__orders') }}
-- depends_on: {{ ref('base_feeds__contacts') }}
-- depends_on: {{ ref('base_feeds__campaign_assignments') }}
-- depends_on: {{ ref('base_feeds__campaign_outcomes') }}

with

sightings as (

    {% for feed, key_columns, occurred_at in [
        ('orders', reference_columns(), 'ordered_at'),
        ('contacts', ['contact_id'], 'coalesce(updated_at, created_at)'),
        ('campaign_assignments', reference_columns(), 'assigned_at'),
        ('campaign_outcomes', reference_columns(), 'occurred_at'),
    ] %}
    {% set feed_loop = loop %}
    {% for column in (key_columns if feed != 'contacts' else ['contact_id', 'email', 'phone']) -%}
    select
        {{ customer_key(key_columns) }} as customer_id,
        '{{ feed }}' as source,
        '{{ column }}' as identifier_type,
        {{ normalised_identifier(column, column) }} as identifier_value,
        {{ known_at(occurred_at, 'recorded_at') }} as known_at
    from {{ ref('base_feeds__' ~ feed) }}
    where rejected_reason is null and {{ column }} is not null
    {{ 'union all' if not (feed_loop.last and loop.last) }}
    {% endfor %}
    {% endfor %}
),

identifiers as (

    select
        customer_id,
        source,
        identifier_type,
        identifier_value,
        -- an undated record was always known, as far as anybody can tell
        coalesce(min(known_at), timestamp '1970-01-01') as valid_from
    from sightings
    group by customer_id, source, identifier_type, identifier_value

)

select * from identifiers
