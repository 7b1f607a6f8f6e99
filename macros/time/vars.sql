{# Vars reach SQL as text: each is validated here, once, before any model sees it. #}

{% macro validated_int_var(name, low, high) -%}
    {% set value = var(name) %}
    {% if value is not integer or value < low or value > high %}
        {{ exceptions.raise_compiler_error(
            "var '" ~ name ~ "' must be a whole number from " ~ low ~ " to " ~ high ~ "; got: " ~ value
        ) }}
    {% endif %}
    {{ return(value) }}
{%- endmacro %}

{% macro validated_bool_var(name) -%}
    {% set value = var(name) %}
    {% if value is not boolean %}
        {{ exceptions.raise_compiler_error("var '" ~ name ~ "' must be true or false; got: " ~ value) }}
    {% endif %}
    {{ return(value | lower) }}
{%- endmacro %}

{% macro validated_share_var(name) -%}
    {% set value = var(name) %}
    {% if value is not number or value is boolean or value < 0 or value >= 1 %}
        {{ exceptions.raise_compiler_error(
            "var '" ~ name ~ "' must be a number from 0 to below 1; got: " ~ value
        ) }}
    {% endif %}
    {{ return(value) }}
{%- endmacro %}

{# How many hours an event may be on its way. A nightly load brings the morning's events after 24 hours and the
   hours it takes itself: 36. What comes later is counted, but in no session. #}
{% macro late_event_hours() -%}{{ return(validated_int_var('late_event_hours', 1, 720)) }}{%- endmacro %}

{# Minutes of silence that end a session: 30, as in every common web analysis. #}
{% macro session_silence_minutes() -%}{{ return(validated_int_var('session_silence_minutes', 1, 1440)) }}{%- endmacro %}

{# Events of one browser in one day that no person makes. Eight hours with one event every half minute are 960. #}
{% macro bot_events_per_day() -%}{{ return(validated_int_var('bot_events_per_day', 100, 1000000)) }}{%- endmacro %}

{# Events of one browser per minute, over a day's activity of at least a minute, that no person makes. A shop's
   pages report 5 to 10 events each, and a hasty person opens 10 pages in a minute: 100. Two a second are 120. #}
{% macro bot_events_per_minute() -%}{{ return(validated_int_var('bot_events_per_minute', 10, 100000)) }}{%- endmacro %}

{# Which features the mart holds: full, or a profile of seeds/feature_profiles.csv (profile_features looks it up). #}
{% macro validated_feature_profile() -%}
    {% set value = var('feature_profile') %}
    {% if not modules.re.match('^[a-z][a-z0-9_]*$', value | string) %}
        {{ exceptions.raise_compiler_error(
            "var 'feature_profile' must be full or the name of a profile, in small letters, digits and '_'; got: "
            ~ value
        ) }}
    {% endif %}
    {{ return(value) }}
{%- endmacro %}

{# The category of category_purchase_30d, or none: then it is chosen (models/features/target_category.sql). #}
{% macro validated_target_category() -%}
    {% set value = var('target_category') %}
    {% if value is not none and (value is not string or not value | trim) %}
        {{ exceptions.raise_compiler_error(
            "var 'target_category' must be the name of a category of the products, or null; got: " ~ value
        ) }}
    {% endif %}
    {{ return(value) }}
{%- endmacro %}

{# The currency of reports as an ISO code, or none: then it is that of most orders. #}
{% macro validated_reporting_currency() -%}
    {% set value = var('reporting_currency') %}
    {% if value is not none and not modules.re.match('^[A-Z]{3}$', value | string) %}
        {{ exceptions.raise_compiler_error(
            "var 'reporting_currency' must be a code of three capital letters such as EUR, or null; got: " ~ value
        ) }}
    {% endif %}
    {{ return(value) }}
{%- endmacro %}

{# The var as_of as a timestamp literal, or none when it is not set. #}
{% macro validated_as_of() -%}
    {% set value = var('as_of') %}
    {% if value is none or value | string | trim == '' %}{{ return(none) }}{% endif %}
    {% set pattern = '^\\d{4}-\\d{2}-\\d{2}([ T]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?)?$' %}
    {% if not modules.re.match(pattern, value | string) %}
        {{ exceptions.raise_compiler_error(
            "var 'as_of' must be a date or a UTC timestamp such as 2017-09-01 or "
            ~ "'2017-09-01 12:00:00'; got: " ~ value
        ) }}
    {% endif %}
    {{ return("timestamp '" ~ (value | string | replace('T', ' ')) ~ "'") }}
{%- endmacro %}

{# The zone of times in the feeds that name none. #}
{% macro feeds_time_zone() -%}
    {% set zone = var('feeds_time_zone') %}
    {% if not execute %}{{ return(zone) }}{% endif %}
    {% if zone is not string or not run_query(known_time_zones(zone)).rows %}
        {{ exceptions.raise_compiler_error(
            "var 'feeds_time_zone' must be the name of a time zone such as Europe/Berlin, or UTC; got: " ~ zone
        ) }}
    {% endif %}
    {{ return(zone) }}
{%- endmacro %}

{# What a minute of work on tickets costs, or none: then only the costs feed tells of costs. Declare it when that feed
   holds nothing of tickets, or they would count twice. #}
{% macro ticket_minute_cost() -%}
    {% set value = var('ticket_minute_cost') %}
    {% if value is not none and (value is not number or value is boolean or value < 0 or value > 10000) %}
        {{ exceptions.raise_compiler_error(
            "var 'ticket_minute_cost' must be a number from 0 to 10000, or null; got: " ~ value
        ) }}
    {% endif %}
    {{ return(value) }}
{%- endmacro %}
