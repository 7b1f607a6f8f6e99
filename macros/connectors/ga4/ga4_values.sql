{# Values of GA4's export, wherever a pipeline has laid them. #}

{# A parameter of an event as text. #}
{% macro ga4_param(key) -%}
    coalesce(param_{{ key }}, {{ keyed_json_text('event_params', key) }})
{%- endmacro %}

{# A field of a record such as ecommerce as text. #}
{% macro ga4_field(record, field) -%}
    coalesce({{ record }}_{{ field }}, {{ json_text(record, field) }})
{%- endmacro %}

{# `(direct)`, `(none)`, `(not set)` and the like are Google's words for nothing known, and so is `<Other>`. #}
{% macro known_to_ga4(text) -%}
    case when {{ text }} not like '(%)' and {{ text }} not like '<%>' then {{ text }} end
{%- endmacro %}

{# The order of a purchase; NULL where the site told none. #}
{% macro ga4_transaction_id() -%}
    coalesce(
        {{ known_to_ga4(ga4_field('ecommerce', 'transaction_id')) }},
        {{ known_to_ga4(ga4_param('transaction_id')) }}
    )
{%- endmacro %}

{# Whether a row is of a day that had not ended when it was written: its file says so, or Fivetran does. #}
{% macro is_of_running_day() -%}
    (lower(feed_file) like '%intraday%' or {{ says_true('is_intraday') }})
{%- endmacro %}

{# Whether rows of days that have not ended can be among what was delivered: only then all of it must be read
   twice, to know which days have ended. #}
{% macro ga4_has_intraday() -%}
    {% if not execute %}{{ return(false) }}{% endif %}
    {% set found = [] %}
    {% for table in ['events', 'events_intraday'] %}
        {% for file in vendor_delivery('ga4', table, vendor_columns('ga4', table)).files %}
            {% if 'intraday' in (file.file | lower) or 'is_intraday' in file.columns %}
                {% do found.append(file.file) %}
            {% endif %}
        {% endfor %}
    {% endfor %}
    {{ return(found | length > 0) }}
{%- endmacro %}
