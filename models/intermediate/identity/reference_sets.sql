{% for feed in feeds_of_customers() -%}
-- depends_on: {{ ref('base_feeds__' ~ feed) }}
{% endfor %}
with

{% for feed, first_known_at in feeds_of_customers().items() %}
{%- set columns = references_of(feed) + (['country'] if feed == 'contacts' else []) %}
{{ feed }}_sets as (

    select
        {{ reference_set_id(feed) }} as reference_set_id,
        '{{ feed }}' as source,
        {% for column in reference_columns() + ['country'] -%}
        {{ column if column in columns else 'cast(null as string)' }} as {{ column }},
        {% endfor -%}
        min({{ known_at(first_known_at, 'recorded_at') }}) as known_at,
        count(*) as sightings
    from {{ orders_of_buyers() if feed == 'orders' else ref('base_feeds__' ~ feed) }}
    where rejected_reason is null and coalesce({{ references_of(feed) | join(', ') }}) is not null
    group by {{ columns | join(', ') }}

),
{% endfor %}
every_set as (

    {% for feed in feeds_of_customers() -%}
    select * from {{ feed }}_sets
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

reference_sets as (

    select
        reference_set_id,
        source,
        {% for column in reference_columns() + ['country'] -%}
        {{ column }},
        {% endfor -%}
        -- an undated record was always known, as far as anybody can tell
        coalesce(known_at, timestamp '1970-01-01') as known_at,
        sightings
    from every_set

)

select * from reference_sets
