{# Measures of a window from its sums, columns named <sum>_<window>. #}

{# NULL when nothing is there to share. #}
{% macro share(part, whole, window) -%}
    cast({{ part }}_{{ window.name }} as double) / nullif({{ whole }}_{{ window.name }}, 0)
{%- endmacro %}

{# A share that what repeats cannot carry past 1: of what was sent in the window, as much as was opened in it. #}
{% macro rate(part, whole, window) -%}
    cast(least(coalesce({{ part }}_{{ window.name }}, 0), {{ whole }}_{{ window.name }}) as double)
        / nullif({{ whole }}_{{ window.name }}, 0)
{%- endmacro %}

{# The short window as a share of the long one, which holds it; NULL when that is empty. #}
{% macro over(sum, short, long) -%}
    cast(coalesce({{ sum }}_{{ short }}, 0) as double) / nullif({{ sum }}_{{ long }}, 0)
{%- endmacro %}

{# The standard deviation of a sample, from its number, sum and sum of squares; NULL below two. #}
{% macro standard_deviation(count, sum, sum_of_squares, window) -%}
    sqrt(greatest(
        {{ sum_of_squares }}_{{ window.name }}
            - power(cast({{ sum }}_{{ window.name }} as double), 2) / nullif({{ count }}_{{ window.name }}, 0),
        0
    ) / nullif({{ count }}_{{ window.name }} - 1, 0))
{%- endmacro %}

{# Least-squares slope, per day, of the daily number of facts over [snapshot - days, snapshot): the sum of (time -
   middle of the window) over days^3 / 12. The sum of day numbers makes a second pass over the facts needless. 0 when
   nothing happened. #}
{% macro trend(count, day_numbers, snapshot_at, window) -%}
    coalesce(
        (
            {{ day_numbers }}_{{ window.name }} - {{ count }}_{{ window.name }}
                * ({{ day_number(snapshot_at) }} - {{ window.days }} / 2.0)
        ) * 12.0 / power({{ window.days }}, 3),
        0
    )
{%- endmacro %}

{# An instant as a number of days, so that ages add up. #}
{% macro day_number(instant) -%}
    {{ days_between("timestamp '2000-01-01'", instant) }}
{%- endmacro %}

{# Long enough for a slope to mean something. #}
{% macro trend_windows() -%}
    {{ return([{'name': '90d', 'days': 90}, {'name': '365d', 'days': 365}]) }}
{%- endmacro %}

{# Habits of the hour and the week, in UTC like all times. Saturday and Sunday; six in the evening to midnight. #}
{% macro is_weekend(instant) -%} {{ day_of_week(instant) }} >= 6 {%- endmacro %}
{% macro is_evening(instant) -%} extract(hour from {{ instant }}) >= 18 {%- endmacro %}
