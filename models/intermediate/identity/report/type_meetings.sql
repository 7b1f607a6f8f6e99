{# Which types of identifier are written together in some row. Two that never are can be tied together only
   through a third. #}
with

customers as (

    select * from {{ ref('customer_sizes') }}

),

types as (

    select
        identifier_type,
        {{ reference_rank('identifier_type') }} as type_rank
    from {{ ref('identifiers') }}
    where
        is_strong
        and {{ is_known_before('first_known_at', '(select as_of from ' ~ ref('run_context') ~ ')') }}
    group by identifier_type

),

pairs as (

    select
        case
            when {{ reference_rank('identifier_type_a') }} < {{ reference_rank('identifier_type_b') }}
                then identifier_type_a
            else identifier_type_b
        end as identifier_type_a,
        case
            when {{ reference_rank('identifier_type_a') }} < {{ reference_rank('identifier_type_b') }}
                then identifier_type_b
            else identifier_type_a
        end as identifier_type_b,
        sightings
    from {{ ref('identifier_pairs') }}
    where is_strong

),

meetings as (

    select
        identifier_type_a,
        identifier_type_b,
        count(*) as pairs,
        sum(sightings) as sightings
    from pairs
    group by identifier_type_a, identifier_type_b

),

held_together as (

    {% for one in strong_reference_columns() -%}
    {% set one_loop = loop -%}
    {% for other in strong_reference_columns()[loop.index:] -%}
    select
        '{{ one }}' as identifier_type_a,
        '{{ other }}' as identifier_type_b,
        count(*) filter (where {{ one }}_count > 0 and {{ other }}_count > 0) as customers
    from customers
    {{ 'union all' if one_loop.index < strong_reference_columns() | length - 1 }}
    {% endfor %}
    {% endfor %}
),

type_meetings as (

    select
        held_together.identifier_type_a,
        held_together.identifier_type_b,
        held_together.identifier_type_a || ' and ' || held_together.identifier_type_b as identifier_types,
        cast(coalesce(meetings.pairs, 0) as bigint) as pairs,
        cast(coalesce(meetings.sightings, 0) as bigint) as sightings,
        held_together.customers

    from held_together

    inner join types as types_a
        on held_together.identifier_type_a = types_a.identifier_type

    inner join types as types_b
        on held_together.identifier_type_b = types_b.identifier_type

    left join meetings
        on
            held_together.identifier_type_a = meetings.identifier_type_a
            and held_together.identifier_type_b = meetings.identifier_type_b

)

select * from type_meetings
