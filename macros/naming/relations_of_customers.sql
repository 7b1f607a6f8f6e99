{# The relations of these schemas that have a column customer_id, for a test that reads them all: those that this
   command builds, or every one there is when it builds none. #}
{% macro relations_of_customers(schemas) -%}
    {% if not execute %}{{ return([]) }}{% endif %}
    {% set built = [] %}
    {% for id in selected_resources if id.startswith('model.') %}{% do built.append(id) %}{% endfor %}
    {% set awaited = models_before(model.depends_on.nodes) %}
    {% set relations = [] %}
    {% for id, node in graph.nodes.items() | sort(attribute='0')
        if node.resource_type == 'model' and node.schema in schemas and (id in built or not built) %}
        {% set relation = adapter.get_relation(node.database, node.schema, node.alias) %}
        {% if relation and 'customer_id' in adapter.get_columns_in_relation(relation) | map(attribute='name') %}
            {% if id not in awaited %}
                {# it would be read as the last build left it #}
                {{ exceptions.raise_compiler_error(
                    model.name ~ " does not wait for " ~ node.name ~ ": add a depends_on line for it"
                ) }}
            {% endif %}
            {% do relations.append(relation) %}
        {% endif %}
    {% endfor %}
    {{ return(relations) }}
{%- endmacro %}

{# These nodes and all that they stand on. #}
{% macro models_before(nodes) -%}
    {% set found = nodes | list %}
    {% for id in found if id in graph.nodes %}
        {% for parent in graph.nodes[id].depends_on.nodes if parent not in found %}
            {% do found.append(parent) %}
        {% endfor %}
    {% endfor %}
    {{ return(found) }}
{%- endmacro %}
