{# Times and dates as systems write them; ambiguous ones (03.02.2024) are none. #}

{# A UTC timestamp: ISO with the year first, or a number since 1970; NULL when it is neither. #}
{% macro timestamp_value(raw, zone) -%}
    coalesce(
        case when {{ begins_with_year(raw) }} then {{ instant(raw, zone) }} end,
        case
            when {{ raw }} is null then null
            when {{ begins_with_year(raw) }} then {{ instant(usual_time(raw), zone) }}
            when {{ fits(raw, '\\d{8}(\\d{6}|[T ]\\d{6}.*)?') }} and {{ raw }} >= '1000'
                then {{ instant(usual_time(spelt_out(raw)), zone) }}
            else {{ epoch_value(raw) }}
        end
    )
{%- endmacro %}

{# A date: the day as it is written, whatever time and zone follow. #}
{% macro date_value(raw) -%}
    case
        when {{ begins_with_year(raw) }} then try_cast({{ raw }} as date)
        when {{ fits(raw, '\\d{8}') }} then try_cast({{ spelt_out(raw) }} as date)
        else cast({{ epoch_value(raw) }} as date)
    end
{%- endmacro %}

{# Four digits of a year and a mark: years such as 24 or 1 are another order of day, month and year. #}
{% macro begins_with_year(raw) -%}
    ({{ raw }} >= '1000' and substring({{ raw }}, 5, 1) in ('-', '/'))
{%- endmacro %}

{# A time with an offset, Z or a zone's name says where it is; one without is the declared zone's wall time. #}
{% macro instant(text, zone) -%}
    {%- if zone == 'UTC' -%}
    {{ utc_of_text(text) }}
    {%- else -%}
    case
        when {{ fits(text, '[^:]*:\\d\\d.*[A-Za-z+-].*') }} then {{ utc_of_text(text) }}
        else {{ utc_of_zone('try_cast(' ~ text ~ ' as timestamp)', zone) }}
    end
    {%- endif -%}
{%- endmacro %}

{# 10:00:00,123 +0200 as 10:00:00.123+02:00, and 10:00Z as 10:00:00Z. #}
{% macro usual_time(raw) -%}
    {{ replaced(
        replaced(replaced(raw, ',(\\d+)', '.\\1'), ' ?([+-]\\d\\d):?(\\d\\d)$', '\\1:\\2'),
        '^([^:]+:\\d\\d)([Zz+-].*)$', '\\1:00\\2'
    ) }}
{%- endmacro %}

{# 20240301 and 20240301T143000 with their marks. #}
{% macro spelt_out(raw) -%}
    {{ replaced(
        replaced(raw, '^(\\d{4})(\\d\\d)(\\d\\d)', '\\1-\\2-\\3'),
        '^(\\d{4}-\\d\\d-\\d\\d)[T ]?(\\d\\d)(\\d\\d)(\\d\\d)', '\\1 \\2:\\3:\\4'
    ) }}
{%- endmacro %}

{# Time since 1970: its number of digits tells seconds (9 or 10), milliseconds (12 or 13), microseconds
   (15 or 16) and nanoseconds (18 or 19) apart, from 1973 to 2286. #}
{% macro epoch_value(raw) -%}
    case when {{ fits(raw, '\\d{9,19}(\\.\\d+)?') }} then {{ timestamp_of_micros(
        'cast(floor(try_cast(' ~ raw ~ ' as decimal(28, 9)) * case length(split_part(' ~ raw ~ ", '.', 1)) "
        ~ 'when 9 then 1000000 when 10 then 1000000 when 12 then 1000 when 13 then 1000 '
        ~ 'when 15 then 1 when 16 then 1 when 18 then 0.001 when 19 then 0.001 end) as bigint)'
    ) }} end
{%- endmacro %}
