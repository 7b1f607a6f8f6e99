{# The SQL files of models/features/own/, each a family of somebody's own. They are read at run time and written into
   the model features_own, so that a new file needs no line anywhere else. #}
{% macro own_feature_models() -%}
    {% set found = [] %}
    {% if execute %}
        {% for id, node in graph.nodes.items() | sort(attribute='0')
            if node.resource_type == 'model' and node.fqn[1:3] == ['features', 'own'] and node.name != 'features_own' %}
            {% do found.append(node) %}
        {% endfor %}
    {% endif %}
    {{ return(found) }}
{%- endmacro %}

{# The query of one file, after a look at what it reads. #}
{% macro own_feature_query(node) -%}
    {% for parent in node.depends_on.nodes if parent not in model.depends_on.nodes %}
        {{ exceptions.raise_compiler_error(
            node.original_file_path ~ " reads " ~ parent.split('.')[-1] ~ ": a feature may read snapshots_due, "
            ~ "snapshot_periods, period_days and " ~ (fact_tables() | map(attribute='name') | list + undated_tables())
            | join(', ')
        ) }}
    {% endfor %}
    {{ return(render(node.raw_code)) }}
{%- endmacro %}

{# Its feature columns. #}
{% macro own_feature_names(node, query) -%}
    {% set names = get_columns_in_query(query) | list %}
    {% if 'customer_snapshot_id' not in names %}
        {{ exceptions.raise_compiler_error(
            node.original_file_path ~ " has no column customer_snapshot_id: select it from snapshots_due, one row for "
            ~ "each; its columns: " ~ names | join(', ')
        ) }}
    {% endif %}
    {{ return(names | reject('equalto', 'customer_snapshot_id') | list) }}
{%- endmacro %}
