{% for fact in fact_tables() -%}
-- depends_on: {{ ref(fact.name) }}
{% endfor -%}
{% for name in undated_tables() -%}
-- depends_on: {{ ref(name) }}
{% endfor %}
with

fact_times as (

    {% for fact in fact_tables() -%}
    {% set relation = ref(fact.name).schema ~ '.' ~ ref(fact.name).identifier -%}
    select
        '{{ relation }}' as fact_relation,
        'known' as time_kind,
        '{{ fact.known_at }}' as time_column,
        '' as written_columns
    union all
    {% for later in fact.later -%}
    select
        '{{ relation }}' as fact_relation,
        '{{ 'later' if later.columns else 'until' }}' as time_kind,
        '{{ later.known_at }}' as time_column,
        '{{ later.columns | join(',') }}' as written_columns
    union all
    {% endfor -%}
    {% endfor -%}
    {% for name in undated_tables() -%}
    select
        '{{ ref(name).schema ~ '.' ~ ref(name).identifier }}' as fact_relation,
        'undated' as time_kind,
        cast(null as string) as time_column,
        '' as written_columns
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from fact_times
order by fact_relation, time_kind, time_column
