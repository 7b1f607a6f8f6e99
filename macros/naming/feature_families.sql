{# The families of the mart, in the order of its columns. Whoever adds files to models/features/own/ changes nothing
   here: features_own holds them all. #}
{% macro feature_families() -%}
    {{ return([
        'features_orders', 'features_order_rhythm', 'features_order_comparisons', 'features_order_lines',
        'features_products', 'features_categories', 'features_sessions', 'features_web_events', 'features_messages',
        'features_message_channels',
        'features_tickets', 'features_feedback', 'features_campaigns', 'features_costs', 'features_crm',
        'features_identity', 'features_order_places', 'features_calendar', 'features_own',
    ]) }}
{%- endmacro %}

{# The feature columns of a family, as they were built: those of the profile that this build is made with. #}
{% macro feature_names(family) -%}
    {% set names = columns_made(family) %}
    {% set wanted = profile_features() if family in feature_families() else none %}
    {{ return(names if wanted is none else names | select('in', wanted) | list) }}
{%- endmacro %}

{# All feature columns of a family. #}
{% macro columns_made(family) -%}
    {% set names = [] %}
    {% if execute %}
        {% for column in adapter.get_columns_in_relation(ref(family)) if column.name != 'customer_snapshot_id' %}
            {% do names.append(column.name) %}
        {% endfor %}
    {% endif %}
    {{ return(names) }}
{%- endmacro %}

{# No two families may give one name to two things. #}
{% macro refuse_twin_features() -%}
    {% set maker = {} %}
    {% if execute %}
        {% for family in feature_families() %}
            {% for name in feature_names(family) %}
                {% if name in maker %}
                    {{ exceptions.raise_compiler_error(
                        "feature '" ~ name ~ "' is made by " ~ maker[name] ~ " and by " ~ family
                        ~ ": rename one of them"
                    ) }}
                {% endif %}
                {% do maker.update({name: family}) %}
            {% endfor %}
        {% endfor %}
    {% endif %}
{%- endmacro %}
