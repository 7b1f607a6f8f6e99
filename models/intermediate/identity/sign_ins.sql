{# When somebody was seen with a browser or device that several people use. #}
{% for feed in feeds_of_customers() if feed != 'contacts' -%}
-- depends_on: {{ ref('base_feeds__' ~ feed) }}
{% endfor %}
with

weak_sets as (

    select
        set_identifiers.reference_set_id,
        set_identifiers.identifier_id,
        set_customers.customer_id,
        set_customers.linked_at

    from {{ ref('set_identifiers') }} as set_identifiers

    inner join {{ ref('set_customers') }} as set_customers
        on set_identifiers.reference_set_id = set_customers.reference_set_id

    where not set_identifiers.is_strong

),

contested as (

    select identifier_id
    from weak_sets
    group by identifier_id
    having count(distinct customer_id) > 1

),

{% for feed, first_known_at in feeds_of_customers().items() if feed != 'contacts' %}
{{ feed }}_rows as (

    select
        {{ reference_set_id(feed) }} as reference_set_id,
        '{{ feed }}' as source,
        {{ own_time_of(feed) }} as occurred_at,
        {{ known_at(first_known_at, 'recorded_at') }} as known_at
    from {{ ref('base_feeds__' ~ feed) }}
    where
        rejected_reason is null
        and coalesce({{ weak_reference_columns() | join(', ') }}) is not null
        and coalesce({{ strong_reference_columns() | join(', ') }}) is not null

),
{% endfor %}
every_row as (

    {% for feed in feeds_of_customers() if feed != 'contacts' -%}
    select * from {{ feed }}_rows
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

sign_ins as (

    select
        weak_sets.identifier_id,
        weak_sets.customer_id,
        every_row.source,
        every_row.occurred_at,
        greatest(every_row.known_at, weak_sets.linked_at) as linked_at

    from every_row

    inner join weak_sets
        on every_row.reference_set_id = weak_sets.reference_set_id

    inner join contested
        on weak_sets.identifier_id = contested.identifier_id

    where {{ is_known_before('every_row.known_at', '(select as_of from ' ~ ref('run_context') ~ ')') }}

)

select * from sign_ins
