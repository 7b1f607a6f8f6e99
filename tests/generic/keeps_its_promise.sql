{# The relation has every column that its YAML promises, with the promised type. It may have more: features of
   one's own and the attributes of contacts differ from shop to shop, so dbt's contract, which wants exactly
   the promised columns, cannot say this. Built with a profile, it holds a choice of them, each as promised.
   A broken promise is told by name, in the test's message. #}
{% test keeps_its_promise(model) %}
{% set built = {} %}
{% set promised = {} %}
{% set broken = [] %}
{% if execute %}
    {% for column in adapter.get_columns_in_relation(model) %}
        {% set type = 'varchar' if column.is_string() else column.data_type %}
        {% do built.update({column.name: type | lower | replace(' ', '')}) %}
    {% endfor %}
    {% for node in graph.nodes.values()
        if node.resource_type == 'model' and node.schema == model.schema and node.alias == model.identifier %}
        {% for column in node.columns.values()
            if column.data_type and (column.name in built or var('feature_profile') == 'full') %}
            {% do promised.update({column.name: column.data_type | lower | replace(' ', '')}) %}
        {% endfor %}
    {% endfor %}
    {% for name, type in promised.items() if built.get(name) != type %}
        {% do broken.append(name ~ ' is promised as ' ~ type ~ ' and is ' ~ built.get(name, 'missing')) %}
    {% endfor %}
    {% if broken or not promised %}
        {{ exceptions.raise_compiler_error(
            model.schema ~ '.' ~ model.identifier ~ ' does not keep its promise to those who read it: '
            ~ (broken[:5] | join(', ') or 'nothing is promised')
            ~ (', and ' ~ (broken | length - 5) ~ ' more' if broken | length > 5 else '')
            ~ '. Bring it back, or tell its readers and write the promise anew: tessera contract'
        ) }}
    {% endif %}
{% endif %}
select 'a broken promise' as promise
where false
{% endtest %}
