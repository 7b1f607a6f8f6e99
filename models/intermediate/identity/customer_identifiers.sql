-- depends_on: {{ ref('base_feeds__orders') }}
-- depends_on: {{ ref('base_feeds__web_events') }}
-- depends_on: {{ ref('base_feeds__contacts') }}
-- depends_on: {{ ref('base_feeds__messages') }}
-- depends_on: {{ ref('base_feeds__tickets') }}
-- depends_on: {{ ref('base_feeds__feedback') }}
-- depends_on: {{ ref('base_feeds__campaign_assignments') }}
-- depends_on: {{ ref('base_feeds__campaign_outcomes') }}
-- depends_on: {{ ref('base_feeds__costs') }}
-- depends_on: {{ ref('base_feeds__rule_segments') }}

with

{% for feed, occurred_at in feeds_of_customers().items() %}
{%- set columns = ['contact_id', 'email', 'phone'] if feed == 'contacts' else reference_columns() %}
{{ feed }}_references as (

    -- first what is written together, then one identifier per row: a feed is read once
    select
        {{ first_reference_key(naming_columns(feed)) }} as customer_id,
        {% for column in columns -%}
        {{ column }},
        {% endfor -%}
        min({{ known_at(occurred_at, 'recorded_at') }}) as known_at
    from {{ ref('base_feeds__' ~ feed) }}
    where rejected_reason is null
    group by {{ columns | join(', ') }}

),
{% endfor %}
sightings as (

    {% for feed in feeds_of_customers() %}
    {% set feed_loop = loop %}
    {% for column in (['contact_id', 'email', 'phone'] if feed == 'contacts' else reference_columns()) -%}
    select
        customer_id,
        '{{ feed }}' as source,
        '{{ column }}' as identifier_type,
        {{ normalised_identifier(column, column) }} as identifier_value,
        known_at
    from {{ feed }}_references
    where customer_id is not null and {{ column }} is not null
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
