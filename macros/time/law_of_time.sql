{# The only place where time is spelt. A fact has two times: `known_at` decides whether a snapshot may
   know it at all, its own time (`ordered_at`, ...) decides which window it falls in. #}

{# The latest of what happened and when the source wrote it down. #}
{% macro known_at(occurred_at, recorded_at) -%}
    greatest({{ occurred_at }}, coalesce({{ recorded_at }}, {{ occurred_at }}))
{%- endmacro %}

{# Nothing happens after it was received: a clock that runs ahead is put right. #}
{% macro corrected_clock(occurred_at, received_at) -%}
    least({{ occurred_at }}, coalesce({{ received_at }}, {{ occurred_at }}))
{%- endmacro %}

{# Too late for its session, which has been counted by then. #}
{% macro is_late(occurred_at, known_at) -%}
    {{ known_at }} > {{ occurred_at }} + interval '{{ late_event_hours() }}' hour
{%- endmacro %}

{# True for the first event after a silence. #}
{% macro is_after_silence(occurred_at, previous_at) -%}
    ({{ previous_at }} is null or {{ occurred_at }} > {{ previous_at }} + interval '{{ session_silence_minutes() }}' minute)
{%- endmacro %}

{# Pieces of time too short to hold a silence. #}
{% macro silence_piece(occurred_at) -%}
    floor({{ days_between("timestamp '1970-01-01'", occurred_at) }} * 24 * 60 / {{ session_silence_minutes() }})
{%- endmacro %}

{# When nothing that counts for a day is on its way any more: only then is it judged who was a bot that day. #}
{% macro day_known_at(instant) -%}
    date_trunc('day', {{ instant }}) + interval '1' day + interval '{{ late_event_hours() }}' hour
{%- endmacro %}

{# When a session is known to be whole, and a person's: nothing that could still lengthen it, join it to another or
   give its visitor away as a bot is on its way. Earlier it would look other to a snapshot of that time than it looks
   to us. The silence after it may reach into the next day, whose verdict then counts as well. #}
{% macro session_known_at(ended_at) -%}
    {{ day_known_at('(' ~ ended_at ~ " + interval '" ~ session_silence_minutes() ~ "' minute)") }}
{%- endmacro %}

{# Admission: a fact known at the very instant of the snapshot is not yet known. #}
{% macro is_known_before(known_at, snapshot_at) -%}
    {{ known_at }} < {{ snapshot_at }}
{%- endmacro %}

{# Of the versions of a fact a snapshot sees the one that was known last before it. At the very instant of a
   restatement the old version still stands: the new one is not yet known. #}
{% macro is_current_at_snapshot(known_at, superseded_at, snapshot_at) -%}
    {{ is_known_before(known_at, snapshot_at) }} and {{ snapshot_at }} <= {{ superseded_at }}
{%- endmacro %}

{# When a version is superseded that is the last one. #}
{% macro never() -%} timestamp '9999-12-31' {%- endmacro %}

{# The version that stands as of the build: a replay has none that came to be known later. #}
{% macro is_last_version(superseded_at) -%}
    {{ superseded_at }} = {{ never() }}
{%- endmacro %}

{# [snapshot_at − days, snapshot_at): a fact exactly `days` old is in, one microsecond older is out. #}
{% macro is_in_window(occurred_at, snapshot_at, days) -%}
    {{ occurred_at }} >= {{ snapshot_at }} - interval '{{ days }}' day
{%- endmacro %}

{# [snapshot_at, snapshot_at + days): the label's mirror of the window. #}
{% macro is_in_horizon(occurred_at, snapshot_at, days) -%}
    {{ occurred_at }} >= {{ snapshot_at }}
    and {{ occurred_at }} < {{ snapshot_at }} + interval '{{ days }}' day
{%- endmacro %}

{# A horizon has closed when its last instant has been observed. #}
{% macro is_horizon_closed(snapshot_at, days, observed_until) -%}
    {{ snapshot_at }} + interval '{{ days }}' day <= {{ observed_until }}
{%- endmacro %}

{# Bucket, then pivot: the smallest window that holds the fact. Windows are cumulative sums of buckets. #}
{% macro window_bucket(occurred_at, snapshot_at) -%}
    case
        {% for days in window_days() -%}
        when {{ is_in_window(occurred_at, snapshot_at, days) }} then {{ days }}
        {% endfor -%}
        else {{ lifetime_days() }}
    end
{%- endmacro %}

{# Beyond any window: what `lifetime` is in the column window_days. #}
{% macro lifetime_days() -%} 1000000 {%- endmacro %}

{# The windows of a family: [{'name': '30d', 'days': 30}, ..., {'name': 'lifetime', ...}]. #}
{% macro feature_windows() -%}
    {% set windows = [] %}
    {% for days in window_days() %}{% do windows.append({'name': days ~ 'd', 'days': days}) %}{% endfor %}
    {% do windows.append({'name': 'lifetime', 'days': lifetime_days() | int}) %}
    {{ return(windows) }}
{%- endmacro %}

{# When this build began (UTC), dbt's own stamp. The only clock: it refuses facts from the future and
   stamps rows; nothing is computed with it. #}
{% macro build_started_at() -%}
    timestamp '{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S.%f") }}'
{%- endmacro %}
