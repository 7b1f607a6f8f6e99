-- depends_on: {{ ref('run_context') }}
with

{% for fact in fact_tables() -%}
{{ fact.name }} as (

    select
        '{{ fact.name }}' as fact_table,
        date_trunc('month', {{ fact.known_at }}) as known_month_at,
        {{ rows_hash(columns_known_at_once(fact)) }} as fingerprint
    from {{ ref(fact.name) }}
    group by date_trunc('month', {{ fact.known_at }})

),

{% for later in fact.later -%}
{{ fact.name }}_{{ later.known_at }} as (

    select
        '{{ fact.name }}.{{ later.known_at }}' as fact_table,
        date_trunc('month', {{ later.known_at }}) as known_month_at,
        {{ rows_hash([fact.known_at, later.known_at, 'customer_id'] + later.columns) }} as fingerprint
    from {{ ref(fact.name) }}
    where {{ later.known_at }} is not null
    group by date_trunc('month', {{ later.known_at }})

),

{% endfor -%}
{% endfor -%}
fact_fingerprints as (

    {% for fact in fact_tables() -%}
    select * from {{ fact.name }}
    {% for later in fact.later -%}
    union all
    select * from {{ fact.name }}_{{ later.known_at }}
    {% endfor -%}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from fact_fingerprints
