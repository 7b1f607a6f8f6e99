{# Targets as declared in var `targets`: every part is checked here, before any of it becomes SQL. #}

{# All of them, with their defaults filled in. #}
{% macro declared_targets() -%}
    {% set targets = var('targets') %}
    {% if targets is string or targets is mapping or targets is not sequence or not targets %}
        {{ exceptions.raise_compiler_error("var 'targets' must be a list of targets; got: " ~ targets) }}
    {% endif %}
    {% set checked = [] %}
    {% for declared in targets %}
        {% do check_target_fields(declared) %}
        {% set target = dict(target_defaults(), **declared) %}
        {% do check_target_numbers(target) %}
        {% do check_target_expressions(target) %}
        {% do check_target_hints(target) %}
        {% do target.update({'compared_with': features_in_labels([{'expression': target.label}])}) %}
        {% if checked | selectattr('name', 'equalto', target.name) | list %}
            {{ refuse_target(target.name, 'name', 'declared once', 'a second declaration') }}
        {% endif %}
        {% do checked.append(target) %}
    {% endfor %}
    {{ return(checked) }}
{%- endmacro %}

{% macro check_target_fields(declared) -%}
    {% set needed = ['name', 'horizon_days', 'description', 'eligible_when', 'label'] %}
    {% set fields = needed + target_defaults().keys() | list %}
    {% if declared is not mapping %}
        {{ refuse_target(declared, 'target', 'written as fields (' ~ fields | join(', ') ~ ')', declared) }}
    {% endif %}
    {% for field in needed if declared[field] is not defined or declared[field] is none %}
        {{ refuse_target(declared.name or 'without a name', field, 'given', declared.keys() | join(', ')) }}
    {% endfor %}
    {% for field in declared if field not in fields %}
        {{ refuse_target(declared.name, field, 'one of ' ~ fields | join(', '), 'an unknown field') }}
    {% endfor %}
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
        {% set later = modules.re.search('\\b(label|outcome_amount|outcome_orders|is_eligible)_[a-z0-9_]+', text | lower) %}
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
{% macro without_literals(text) -%} {{ modules.re.sub("'[^']*'", "''", text | string) }} {%- endmacro %}

{% macro refuse_target(name, field, expected, found) -%}
    {{ exceptions.raise_compiler_error(
        "var 'targets': target '" ~ name ~ "': " ~ field ~ " must be " ~ expected ~ "; got: " ~ found
    ) }}
{%- endmacro %}
