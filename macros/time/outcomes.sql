{# Fewer of either answer, and intervals are wide: FEW_OF_A_CLASS in src/tessera/propensity/labelled.py says why. #}
{% macro enough_of_each_answer() -%} 500 {%- endmacro %}

{# What customer_labels answers, put together by what it looks at: facts of one table, under one condition, within one
   horizon, are grouped once, however many labels ask for them. [{'name', 'over', 'where', 'days', 'answers': [...]}] #}
{% macro outcome_groups(targets) -%}
    {% set asked = [] %}
    {% for name, label in built_in_outcomes().items() %}
        {% do asked.append({
            'over': 'orders', 'where': none, 'horizon_days': built_in_outcome_days() | int, 'name': none,
            'column': 'outcome_' ~ name, 'label': label,
        }) %}
    {% endfor %}
    {% do asked.extend(targets) %}
    {% set groups = {} %}
    {% for each in asked %}
        {% set key = each.over ~ ' ' ~ each.horizon_days ~ ' ' ~ each.where %}
        {% if key not in groups %}
            {% do groups.update({key: {
                'name': each.over ~ '_' ~ each.horizon_days ~ 'd_' ~ groups | length,
                'over': each.over, 'where': each.where, 'days': each.horizon_days, 'answers': [],
            }}) %}
        {% endif %}
        {% set column = 'label_' ~ each.name if each.name else each.column %}
        {% do groups[key].answers.append({
            'column': column, 'target': each.name, 'expression': each.label, 'group': groups[key].name,
        }) %}
    {% endfor %}
    {{ return(groups.values() | list) }}
{%- endmacro %}

{# The tables that these groups look at: [{'name', 'happened_at', 'counts_when'}]. #}
{% macro outcome_tables_of(groups) -%}
    {% set found = [] %}
    {% for name, table in outcome_tables().items() if groups | selectattr('over', 'equalto', name) | list %}
        {% do found.append(dict(table, name=name)) %}
    {% endfor %}
    {{ return(found) }}
{%- endmacro %}

{# The features that labels compare the outcome with: features.<name>. #}
{% macro features_in_labels(answers) -%}
    {% set found = [] %}
    {% for answer in answers %}
        {% do found.extend(modules.re.findall('\\bfeatures\\.([a-z][a-z0-9_]*)', without_literals(answer.expression))) %}
    {% endfor %}
    {{ return(found | unique | sort | list) }}
{%- endmacro %}

{# Until when a table tells what happened: a feed that ended earlier than the orders, or is absent, tells nothing of
   later. NULL for an empty one, so that no horizon of it ever closes. #}
{% macro outcome_observed_until(table) -%}
    {% set observed_until = "(select observed_until from run_context)" %}
    {%- if table.name == 'orders' -%} {{ observed_until }}
    {%- else -%}
    (
        select case when count(*) > 0 then least(
            max({{ observed_until }}), date_trunc('second', max(happened_at)) + interval '1' second
        ) end
        from {{ table.name }}_known
    )
    {%- endif -%}
{%- endmacro %}
