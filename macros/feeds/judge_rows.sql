{# How one value of a feed is read, and what is wrong with a row that cannot be used. The declared time zone is that
   of plain feeds: vendors export UTC. #}

{% macro parsed_value(column, zone, has_connectors=false) -%}
    {%- set raw = 'raw_' ~ column.name -%}
    {%- if column.type == 'timestamp' and zone != 'UTC' and has_connectors -%}
    case when source_rank = 0 then {{ timestamp_value(raw, zone) }} else {{ timestamp_value(raw, 'UTC') }} end
    {%- elif column.type == 'timestamp' -%} {{ timestamp_value(raw, zone) }}
    {%- elif column.type == 'date' -%} {{ date_value(raw) }}
    {%- elif column.type == 'bigint' -%} {{ whole_number_value(raw) }}
    {%- elif column.type == 'boolean' -%}
    case
        when lower({{ raw }}) in ('true', 't', 'yes', 'y', '1') then true
        when lower({{ raw }}) in ('false', 'f', 'no', 'n', '0') then false
    end
    {%- elif column.type == 'string' -%} {{ raw }}
    {%- else -%} {{ number_value(raw, column.type) }}
    {%- endif -%}
{%- endmacro %}

{# What a value of a type looks like, for the one who has to mend it. #}
{% macro expected_words(type, zone) -%}
    {{ return({
        'timestamp': 'is not a timestamp: expected the year first, as in 2024-03-31 14:30:00 (taken as ' ~ zone
            ~ ') or 2024-03-31T14:30:00+02:00, or an epoch number',
        'date': 'is not a date: expected the year first, as in 2024-03-31',
        'boolean': 'is not a boolean: expected true or false, yes or no, 1 or 0',
    }.get(type, 'is not a ' ~ type)) }}
{%- endmacro %}

{% macro has_reference(columns) -%}
    {%- set references = columns | selectattr('is_reference') | map(attribute='name') | list -%}
    {{ 'coalesce(raw_' ~ references | join(', raw_') ~ ') is not null' if references else 'true' }}
{%- endmacro %}

{# The first column for which a row must be set aside; NULL for a good row. #}
{% macro first_rejection(columns, forgettable) -%}
    case
        {% if forgettable -%}
        when is_forgotten then 'customer reference'
        {% endif -%}
        when set_aside_reason is not null then coalesce(set_aside_column, 'line')
        when misshapen_reason is not null then 'line'
        {% for column in columns -%}
        {% if column.is_required -%}
        when raw_{{ column.name }} is null then '{{ column.name }}'
        {% endif -%}
        {% if column.type != 'string' -%}
        when raw_{{ column.name }} is not null and {{ column.name }} is null then '{{ column.name }}'
        {% endif -%}
        {% if column.accepted -%}
        when lower({{ column.name }}) not in ('{{ column.accepted | join("', '") }}') then '{{ column.name }}'
        {% endif -%}
        {% if column.is_past -%}
        when {{ column.is_past if column.is_past is string else column.name }} > {{ build_started_at() }} then '{{ column.name }}'
        {% endif -%}
        {% endfor -%}
        when not ({{ has_reference(columns) }}) then 'customer reference'
    end
{%- endmacro %}

{# The shape of the offending value: letters become x, digits 9, so that no personal data is shown. #}
{% macro rejection_value(columns) -%}
    {%- set offending -%}
    left(case
        when set_aside_reason is not null then null
        when rejected_column = 'line' then misshapen_line
        {% for column in columns -%}
        when rejected_column = '{{ column.name }}' then raw_{{ column.name }}
        {% endfor -%}
    end, 40)
    {%- endset -%}
    {{ replaced(replaced(offending, '[\\p{L}\\p{M}]', 'x'), '\\p{N}', '9') }}
{%- endmacro %}

{% macro rejection_reason(columns, zone, forgettable) -%}
    case
        {% if forgettable -%}
        when is_forgotten then 'was forgotten'
        {% endif -%}
        when set_aside_reason is not null then set_aside_reason
        when rejected_column = 'line' then misshapen_reason
        {% for column in columns -%}
        when rejected_column = '{{ column.name }}' then
            case
                when raw_{{ column.name }} is null then 'is required and empty'
                {% if column.type != 'string' -%}
                when {{ column.name }} is null then '{{ expected_words(column.type, zone) }}'
                {% endif -%}
                {% if column.accepted -%}
                when lower({{ column.name }}) not in ('{{ column.accepted | join("', '") }}')
                    then 'is none of: {{ column.accepted | join(", ") }}'
                {% endif -%}
                else 'lies after the start of this run'
            end
        {% endfor -%}
        when rejected_column = 'customer reference' then 'names no customer'
    end
{%- endmacro %}
