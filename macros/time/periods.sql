{# Periods: the pieces of time between two edges of any window of any snapshot. Since no edge falls inside one, facts
   are summed by period once, and every window of every snapshot is a sum of periods. #}

{# Finds the period of an instant in `period_days`. No match: before the first edge, which is period 0. #}
{% macro is_in_period(instant, days_alias) -%}
    cast({{ instant }} as date) = {{ days_alias }}.day
    and {{ instant }} >= {{ days_alias }}.starts_at
    and {{ instant }} < {{ days_alias }}.ends_at
{%- endmacro %}

{% macro period_number(days_alias) -%} coalesce({{ days_alias }}.period, 0) {%- endmacro %}

{# Facts that at least the last of the due snapshots may know; the periods tell which of the others may. Inside a
   coalesce, since DuckDB expects hardly a row of a bare comparison with a subquery to pass, and would build the hash
   tables of the joins that follow on the facts: 2.3 s and all of them in memory, instead of 0.8 s, for 10 million. #}
{% macro is_known_to_a_snapshot(known_at) -%}
    coalesce({{ is_known_before(known_at, '(select max(snapshot_at) from ' ~ ref('snapshots_due') ~ ')') }}, false)
{%- endmacro %}

{# The same admission as is_known_before, told in periods: a snapshot is itself an edge. #}
{% macro is_known_before_snapshot(facts_alias) -%}
    {{ facts_alias }}.known_period < snapshot_periods.snapshot_period
{%- endmacro %}

{# The period of what is written into a fact later: when it is superseded, or how it ended. Beyond every snapshot when
   that is not known before the last. #}
{% macro later_period_number(instant, days_alias) -%}
    case
        when {{ instant }} >= (select max(snapshot_at) from {{ ref('snapshots_due') }}) then 1000000
        else {{ period_number(days_alias) }}
    end
{%- endmacro %}

{# The same choice among versions as is_current_at_snapshot, told in periods. #}
{% macro is_current_before_snapshot(facts_alias) -%}
    {{ is_known_before_snapshot(facts_alias) }}
    and {{ facts_alias }}.superseded_period >= snapshot_periods.snapshot_period
{%- endmacro %}

{# The windows whose twin a year ago is a feature too. #}
{% macro last_year_windows() -%}
    {{ return([{'name': '30d', 'days': 30}, {'name': '90d', 'days': 90}]) }}
{%- endmacro %}

{# Four windows say enough of what happens seldom. #}
{% macro main_windows() -%}
    {{ return([
        {'name': '30d', 'days': 30}, {'name': '90d', 'days': 90}, {'name': '365d', 'days': 365},
        {'name': 'lifetime', 'days': lifetime_days() | int},
    ]) }}
{%- endmacro %}

