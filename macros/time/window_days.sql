{# Feature windows in days, ascending. #}
{% macro window_days() -%}
    {% set windows = var('feature_windows_days') %}
    {% set valid = windows is sequence and windows is not string and windows | length > 0 %}
    {% if valid %}
        {% for days in windows if days is not integer or days < 1 or days > 3650 %}
            {% set valid = false %}
            {{ exceptions.raise_compiler_error(
                "var 'feature_windows_days' holds '" ~ days ~ "': give whole days from 1 to 3650"
            ) }}
        {% endfor %}
        {% for days in [30, 90, 365] if days not in windows %}
            {{ exceptions.raise_compiler_error(
                "var 'feature_windows_days' must be a list with 30, 90 and 365 in it: targets, gates and segments "
                ~ "read these windows; got: " ~ windows
            ) }}
        {% endfor %}
        {{ return(windows | unique | sort | list) }}
    {% endif %}
    {{ exceptions.raise_compiler_error(
        "var 'feature_windows_days' must be a list of whole days such as [30, 90, 365]; got: " ~ windows
    ) }}
{%- endmacro %}
