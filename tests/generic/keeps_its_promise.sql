{# The relation has every column that its YAML promises, with the promised type. It may have more: features of
   one's own and the attributes of contacts differ from shop to shop, so dbt's contract, which wants exactly
   the promised columns, cannot say this. #}
{% test keeps_its_promise(model) %}
{% set built = {} %}
{% set promised = {} %}
{% if execute %}
    {% for column in adapter.get_columns_in_relation(model) %}
        {% do built.update({column.name: column.data_type | lower | replace(' ', '')}) %}
    {% endfor %}
    {% for node in graph.nodes.values()
        if node.resource_type == 'model' and node.schema == model.schema and node.alias == model.identifier %}
        {% for column in node.columns.values() if column.data_type %}
            {% do promised.update({column.name: column.data_type | lower | replace(' ', '')}) %}
        {% endfor %}
    {% endfor %}
{% endif %}
with

promises as (

    select
        cast(null as string) as column_name,
        cast(null as string) as promised_type,
        cast(null as string) as built_type
    {% for name, type in promised.items() -%}
    union all
    select
        '{{ name }}',
        '{{ type }}',
        '{{ built.get(name, 'is missing') }}'
    {% endfor %}
)

select * from promises
where promised_type != built_type or {{ 'false' if promised or not execute else 'true' }}
{% endtest %}
