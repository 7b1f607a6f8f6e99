{# What a fact was known to be, and until when: for feeds that deliver a fact again when it has changed. #}

{# A query: the keys that came more than once. They are few, and only their deliveries have to be compared. #}
{% macro restated_keys(feed) -%}
    select {{ feed_key(feed) | join(', ') }}
    from {{ ref('base_feeds__' ~ feed) }}
    where rejected_reason is null
    group by {{ feed_key(feed) | join(', ') }}
    having count(*) > 1
{%- endmacro %}

{# The join of deliveries with those keys. #}
{% macro is_restated_key(feed) -%}
    {% for part in feed_key(feed) -%}
    source.{{ part }} = restated.{{ part }} {{- ' and ' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# CTEs from `renamed` (key, content, known_at, and is_restated beside what delivery_rank reads) to `versions`: key,
   content, known_at and superseded_at of every version that was once the known state. What is known at an instant is
   the newest of the deliveries known before it. #}
{% macro versions_once_known(key, content) -%}
ranked as (

    select
        *,
        {{ delivery_rank(key, 'known_at') }} as delivery_rank
    from renamed
    where is_restated

),

compared as (

    select
        *,
        min(known_at) over (
            partition by {{ key | join(', ') }} order by delivery_rank asc nulls last
            rows between unbounded preceding and 1 preceding
        ) as newer_known_at
    from ranked

),

states as (

    -- a delivery that came to be known together with a newer one, or after it, was at no time the known state
    select
        *,
        (
            lag(delivery_rank) over by_age is not null
            {%- for name in content %}
            and {{ name }} is not distinct from lag({{ name }}) over by_age
            {%- endfor %}
        ) as says_nothing_new
    from compared
    where newer_known_at is null or known_at < newer_known_at
    window by_age as (partition by {{ key | join(', ') }} order by delivery_rank desc nulls last)

),

versions as (

    select
        {{ (key + content) | join(',\n        ') }},
        known_at,
        coalesce(
            lead(known_at) over (partition by {{ key | join(', ') }} order by known_at asc nulls last),
            {{ never() }}
        ) as superseded_at
    from states
    where not says_nothing_new

    union all

    select
        {{ (key + content) | join(',\n        ') }},
        known_at,
        {{ never() }} as superseded_at
    from renamed
    where not is_restated

)
{%- endmacro %}
