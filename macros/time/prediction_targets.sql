{# What is predicted, as declared in var `targets`; every part is checked here, before any of it becomes SQL. #}

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

{# All targets as declared, checked, with their defaults filled in. #}
{% macro declared_targets() -%}
    {% set targets = var('targets') %}
    {% if targets is string or targets is mapping or targets is not sequence or not targets %}
        {{ exceptions.raise_compiler_error("var 'targets' must be a list of targets; got: " ~ targets) }}
    {% endif %}
    {% set checked = [] %}
    {% for declared in targets %}
        {% do checked.append(checked_target(declared)) %}
        {% if checked | selectattr('name', 'equalto', declared.name) | list | length > 1 %}
            {{ refuse_target(declared.name, 'name', 'declared once', 'a second declaration') }}
        {% endif %}
    {% endfor %}
    {{ return(checked) }}
{%- endmacro %}

{% macro checked_target(declared) -%}
    {% set needed = ['name', 'horizon_days', 'description', 'eligible_when', 'label'] %}
    {% set fields = needed + ['over', 'where', 'fewest_of_each_answer'] %}
    {% if declared is not mapping %}
        {{ refuse_target(declared, 'target', 'written as fields (' ~ fields | join(', ') ~ ')', declared) }}
    {% endif %}
    {% for field in needed if declared[field] is not defined or declared[field] is none %}
        {{ refuse_target(declared.name or 'without a name', field, 'given', declared.keys() | join(', ')) }}
    {% endfor %}
    {% for field in declared if field not in fields %}
        {{ refuse_target(declared.name, field, 'one of ' ~ fields | join(', '), 'an unknown field') }}
    {% endfor %}
    {% set defaults = {'over': 'orders', 'where': none, 'fewest_of_each_answer': 100} %}
    {% set target = dict(defaults, **declared) %}
    {% do check_target_numbers(target) %}
    {% do check_target_expressions(target) %}
    {{ return(target) }}
{%- endmacro %}

{% macro check_target_numbers(target) -%}
    {% if not modules.re.match('^[a-z][a-z0-9_]{0,39}_[0-9]+d$', target.name | string) %}
        {{ refuse_target(target.name, 'name', '<what>_<days>d in small letters, such as churn_30d', target.name) }}
    {% endif %}
    {% set days = target.horizon_days %}
    {% if days is not integer or days is boolean or not 1 <= days <= 730 %}
        {{ refuse_target(target.name, 'horizon_days', 'a whole number of days from 1 to 730', days) }}
    {% endif %}
    {% if not target.name.endswith('_' ~ days ~ 'd') %}
        {{ refuse_target(target.name, 'horizon_days', 'the days that the name promises', days) }}
    {% endif %}
    {# below 20 of a class in each fit no evaluation is made: src/tessera/propensity/protocol.py #}
    {% set fewest = target.fewest_of_each_answer %}
    {% if fewest is not integer or fewest is boolean or not 25 <= fewest <= 1000000 %}
        {{ refuse_target(target.name, 'fewest_of_each_answer', 'a whole number from 25 to 1000000', fewest) }}
    {% endif %}
    {% if target.description is not string or not target.description | trim %}
        {{ refuse_target(target.name, 'description', 'a sentence', target.description) }}
    {% endif %}
    {% if target.over not in outcome_tables() %}
        {{ refuse_target(target.name, 'over', 'one of ' ~ outcome_tables().keys() | join(', '), target.over) }}
    {% endif %}
{%- endmacro %}

{# Who is asked is a matter of the snapshot's features; what came of it of the facts in the horizon. Neither asks a
   table of its own, a clock or chance, and what happened afterwards is no reason to ask. #}
{% macro check_target_expressions(target) -%}
    {% set forbidden = '\\b(select|current_[a-z]+|localtime[a-z]*|nextval|getenv|read_[a-z_]+)\\b|[(]\\s*from\\b|'
        ~ '\\b(over|now|today|get_current_[a-z]+|[a-z]+_timestamp|random|setseed|uuid|gen_random_uuid)\\s*[(]' %}
    {% for field in ['eligible_when', 'where', 'label'] if target[field] is not none %}
        {% set text = without_literals(target[field]) %}
        {% if target[field] is not string or not target[field] | trim or not is_one_expression(text) %}
            {{ refuse_target(
                target.name, field, "one SQL expression, without ';' or comments, its parentheses closed", target[field]
            ) }}
        {% endif %}
        {% set found = modules.re.search(forbidden, text | lower) %}
        {% if found %}
            {{ refuse_target(
                target.name, field, 'without queries, window functions, clocks and chance', found.group(0)
            ) }}
        {% endif %}
        {% set known = ['features'] if field == 'eligible_when' else
            [target.over] if field == 'where' else ['features', target.over] %}
        {% for name in modules.re.findall('([a-zA-Z_][a-zA-Z0-9_]*)\\s*\\.\\s*[a-zA-Z_*"]', text) if name not in known %}
            {{ refuse_target(target.name, field, 'about ' ~ known | join(' and ') ~ ' alone', name ~ '.…') }}
        {% endfor %}
        {% set later = modules.re.search('\\b(label|outcome_amount|is_eligible)_[a-z0-9_]+', text | lower) %}
        {% if later %}
            {{ refuse_target(target.name, field, 'free of what is computed after the snapshot', later.group(0)) }}
        {% endif %}
    {% endfor %}
    {% set label = without_literals(target.label) | lower %}
    {% if modules.re.search('count\\s*\\(\\s*(\\*|1)?\\s*\\)', label) %}
        {{ refuse_target(
            target.name, 'label', 'counting a column of ' ~ target.over
            ~ ': where nothing happened a row stands all the same', 'count(*)'
        ) }}
    {% endif %}
    {% if (target.over ~ '.') not in label %}
        {{ refuse_target(target.name, 'label', 'an aggregate over columns ' ~ target.over ~ '.…', target.label) }}
    {% endif %}
{%- endmacro %}

{# Texts between quotes are data: a category may be called 'Select; Wines'. #}
{% macro without_literals(text) -%}{{ return(modules.re.sub("'[^']*'", "''", text | string)) }}{%- endmacro %}

{% macro refuse_target(name, field, expected, found) -%}
    {{ exceptions.raise_compiler_error(
        "var 'targets': target '" ~ name ~ "': " ~ field ~ " must be " ~ expected ~ "; got: " ~ found
    ) }}
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
        {% for feature in asked + features_in_labels([{'expression': target.label}]) if feature not in features %}
            {{ refuse_target(
                target.name, 'eligible_when' if feature in asked else 'label',
                'about features that this build makes (feature_profile: ' ~ var('feature_profile') ~ ')', feature
            ) }}
        {% endfor %}
    {% endfor %}
{%- endmacro %}
