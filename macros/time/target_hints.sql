{# What training is told: the feature of the one-line rule, and those with which a probability may only rise or fall. #}
{% macro check_target_hints(target) -%}
    {% for field in ['rises_with', 'falls_with'] %}
        {% set names = target[field] %}
        {% if names is string or names is mapping or names is not sequence %}
            {{ refuse_target(target.name, field, 'a list of names of features', names) }}
        {% endif %}
    {% endfor %}
    {% set rule = [] if target.rule is none else [target.rule] %}
    {% for name in rule + target.rises_with + target.falls_with %}
        {% if not modules.re.match('^[a-z][a-z0-9_]*$', name | string) or name | string | length > 100 %}
            {{ refuse_target(target.name, 'rule, rises_with, falls_with', 'names of features', name) }}
        {% endif %}
    {% endfor %}
    {% for name in target.rises_with if name in target.falls_with %}
        {{ refuse_target(target.name, 'falls_with', 'about other features than rises_with', name) }}
    {% endfor %}
{%- endmacro %}
