-- No text in any published table is an identifier by which a source knows a customer: an address, a number
-- to call, or the value behind a customer_id.
{% set published_marts = published_models() %}
with

published_texts as (

    {% for published in published_marts -%}
    {% set mart_loop = loop -%}
    {% set names = ['customer_id'] if published.startswith('published_customer') else ['run_id'] -%}
    {% if execute -%}
    {% set names = adapter.get_columns_in_relation(ref(published))
        | selectattr('data_type', 'in', ['VARCHAR', 'character varying(256)', 'string'])
        | map(attribute='name') | list -%}
    {% endif -%}
    {% for name in names -%}
    select distinct
        '{{ published }}.{{ name }}' as published_column,
        {{ name }} as published_text
    from {{ ref(published) }}
    {{ 'union all' if not (mart_loop.last and loop.last) }}
    {% endfor %}
    {% endfor %}
)

select
    published_texts.published_column,
    customer_identifiers.identifier_type
from published_texts

inner join {{ ref('customer_identifiers') }} as customer_identifiers
    on published_texts.published_text = customer_identifiers.identifier_value

where
    customer_identifiers.identifier_type in ('email', 'phone')
    or published_texts.published_column like '%customer_id'
