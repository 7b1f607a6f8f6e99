{# Prediction targets as declared, each checked for its parts and for a name that can be a column. #}
{% macro prediction_target_vars() -%}
    {% set targets = var('targets') %}
    {% if targets is string or targets is not sequence or not targets %}
        {{ exceptions.raise_compiler_error("var 'targets' must be a list of targets; got: " ~ targets) }}
    {% endif %}
    {% for declared in targets %}
        {% for part in ['name', 'horizon_days', 'description', 'eligible_when', 'label'] if part not in declared %}
            {{ exceptions.raise_compiler_error(
                "var 'targets': a target lacks '" ~ part ~ "'; it has: " ~ declared.keys() | join(', ')
            ) }}
        {% endfor %}
        {% if not modules.re.match('^[a-z][a-z0-9_]*_[0-9]+d$', declared.name) %}
            {{ exceptions.raise_compiler_error(
                "var 'targets': name '" ~ declared.name ~ "' must read <what>_<days>d, such as churn_30d"
            ) }}
        {% endif %}
        {% if declared.horizon_days is not integer or not 1 <= declared.horizon_days <= 730 %}
            {{ exceptions.raise_compiler_error(
                "var 'targets': horizon_days of '" ~ declared.name ~ "' must be 1 to 730 days; got: "
                ~ declared.horizon_days
            ) }}
        {% endif %}
        {% if not declared.name.endswith('_' ~ declared.horizon_days ~ 'd') %}
            {{ exceptions.raise_compiler_error(
                "var 'targets': '" ~ declared.name ~ "' promises other days than its horizon_days, "
                ~ declared.horizon_days
            ) }}
        {% endif %}
        {% if targets | selectattr('name', 'equalto', declared.name) | list | length > 1 %}
            {{ exceptions.raise_compiler_error("var 'targets': '" ~ declared.name ~ "' is declared twice") }}
        {% endif %}
        {% for part in ['eligible_when', 'label'] if not is_one_expression(declared[part]) %}
            {{ exceptions.raise_compiler_error(
                "var 'targets': '" ~ part ~ "' of '" ~ declared.name ~ "' must be one SQL expression, "
                ~ "without ';' or comments, its parentheses closed"
            ) }}
        {% endfor %}
    {% endfor %}
    {{ return(targets) }}
{%- endmacro %}
