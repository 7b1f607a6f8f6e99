{# Functions of time that engines spell differently. #}

{# Microseconds since 1970 as a UTC timestamp. #}
{% macro timestamp_of_micros(micros) %}{{ return(adapter.dispatch('timestamp_of_micros')(micros)) }}{% endmacro %}
{% macro default__timestamp_of_micros(micros) -%} make_timestamp({{ micros }}) {%- endmacro %}
{% macro spark__timestamp_of_micros(micros) -%} timestamp_micros({{ micros }}) {%- endmacro %}

{# The UTC timestamp of a wall clock's time in a zone. #}
{% macro utc_of_zone(wall_time, zone) %}{{ return(adapter.dispatch('utc_of_zone')(wall_time, zone)) }}{% endmacro %}
{% macro default__utc_of_zone(wall_time, zone) -%}
    cast(timezone('{{ zone }}', {{ wall_time }}) as timestamp)
{%- endmacro %}
{% macro spark__utc_of_zone(wall_time, zone) -%} to_utc_timestamp({{ wall_time }}, '{{ zone }}') {%- endmacro %}

{# The UTC timestamp of a text with an offset, or of one without, which is UTC then. #}
{% macro utc_of_text(text) %}{{ return(adapter.dispatch('utc_of_text')(text)) }}{% endmacro %}
{% macro default__utc_of_text(text) -%}
    cast(try_cast({{ text }} as timestamp with time zone) as timestamp)
{%- endmacro %}
{% macro spark__utc_of_text(text) -%} try_cast({{ text }} as timestamp) {%- endmacro %}

{# Names of time zones that the engine knows, out of those asked for. #}
{% macro known_time_zones(zone) %}{{ return(adapter.dispatch('known_time_zones')(zone)) }}{% endmacro %}
{% macro default__known_time_zones(zone) -%}
    select name from pg_timezone_names() where name = '{{ sql_literal_text(zone) }}'
{%- endmacro %}

{# Whole seconds between two instants. #}
{% macro seconds_between(earlier, later) %}{{ return(adapter.dispatch('seconds_between')(earlier, later)) }}{% endmacro %}
{% macro default__seconds_between(earlier, later) -%} date_diff('second', {{ earlier }}, {{ later }}) {%- endmacro %}
{% macro spark__seconds_between(earlier, later) -%}
    (unix_seconds({{ later }}) - unix_seconds({{ earlier }}))
{%- endmacro %}

{# Monday is 1, Sunday is 7. #}
{% macro day_of_week(instant) %}{{ return(adapter.dispatch('day_of_week')(instant)) }}{% endmacro %}
{% macro default__day_of_week(instant) -%} isodow({{ instant }}) {%- endmacro %}
{% macro spark__day_of_week(instant) -%} (weekday({{ instant }}) + 1) {%- endmacro %}
