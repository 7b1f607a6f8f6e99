{# The declared targets that this build predicts (var `predict`), with their defaults. #}
{% macro prediction_target_vars() -%}
    {% set declared = declared_targets() %}
    {% set chosen = var('predict') %}
    {% if chosen == 'all' %}{{ return(declared) }}{% endif %}
    {% if chosen is string or chosen is mapping or chosen is not sequence or not chosen %}
        {{ exceptions.raise_compiler_error(
            "var 'predict' must be all, or a list of names of targets such as [churn_30d]; got: " ~ chosen
        ) }}
    {% endif %}
    {% set names = declared | map(attribute='name') | list %}
    {% for name in chosen if name not in names %}
        {{ exceptions.raise_compiler_error(
            "var 'predict' asks for '" ~ name ~ "', which var 'targets' does not declare; it declares: "
            ~ names | join(', ')
        ) }}
    {% endfor %}
    {{ return(declared | selectattr('name', 'in', chosen) | list) }}
{%- endmacro %}

{# A column that a target names and its table does not have. A feature may be one that the profile leaves out. #}
{% macro refuse_unknown_columns(targets) -%}
    {% set features = columns_of('customer_features') if execute else [] %}
    {% for target in targets if execute %}
        {% set there = columns_of(target.over) + outcome_columns_added(target.over).keys() | list %}
        {% for field in ['where', 'label'] if target[field] is not none %}
            {% set named = '\\b' ~ target.over ~ '\\.([a-zA-Z_][a-zA-Z0-9_]*)' %}
            {% for column in modules.re.findall(named, without_literals(target[field])) if column | lower not in there %}
                {{ refuse_target(
                    target.name, field, 'about columns of ' ~ target.over ~ ' (' ~ there | join(', ') ~ ')', column
                ) }}
            {% endfor %}
        {% endfor %}
        {% set asked = modules.re.findall(
            '\\b[a-z][a-z0-9_]*_(?:[0-9]+d|lifetime|days_since_last|days_since_first)\\b',
            without_literals(target.eligible_when)
        ) %}
        {% set hints = ([] if target.rule is none else [target.rule]) + target.rises_with + target.falls_with %}
        {% for feature in hints if feature not in features %}
            {{ refuse_target(
                target.name, 'rule' if feature == target.rule else 'rises_with and falls_with',
                'about features that this build makes (feature_profile: ' ~ var('feature_profile') ~ ')', feature
            ) }}
        {% endfor %}
        {% for feature in asked + features_in_labels([{'expression': target.label}]) if feature not in features %}
            {{ refuse_target(
                target.name, 'eligible_when' if feature in asked else 'label',
                'about features that this build makes (feature_profile: ' ~ var('feature_profile') ~ ')', feature
            ) }}
        {% endfor %}
    {% endfor %}
{%- endmacro %}
