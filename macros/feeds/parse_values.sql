{# How one value of a feed is read, and what is wrong with a row that cannot be. #}

{# The value as delivered, as text; blank is NULL. #}
{% macro raw_value(column, present) -%}
    {%- if column.name in present -%}
        nullif(trim(cast("{{ present[column.name] | replace('"', '""') }}" as string)), '')
    {%- else -%}
        cast(null as string)
    {%- endif -%}
{%- endmacro %}

{# A time with an offset is converted to UTC; one without is taken as UTC, the session's zone. #}
{% macro parsed_value(column, present) -%}
    {%- if column.type == 'timestamp' -%}
    cast(try_cast({{ raw_value(column, present) }} as timestamp with time zone) as timestamp)
    {%- elif column.type == 'bigint' -%}
    -- a cast alone would round 2.5
    case
        when try_cast({{ raw_value(column, present) }} as decimal(28, 6)) % 1 = 0
            then cast(try_cast({{ raw_value(column, present) }} as decimal(28, 6)) as bigint)
    end
    {%- else -%}
    try_cast({{ raw_value(column, present) }} as {{ column.type }})
    {%- endif -%}
{%- endmacro %}

{% macro has_reference(columns, present) -%}
    {%- set references = columns | selectattr('is_reference') | list -%}
    {%- if references | length == 0 -%}
        true
    {%- else -%}
        coalesce(
            {%- for column in references %}
            {{ raw_value(column, present) }}{{ ',' if not loop.last }}
            {%- endfor %}
        ) is not null
    {%- endif -%}
{%- endmacro %}

{# The first column for which a row must be set aside; NULL for a good row. #}
{% macro first_rejection(columns, present) -%}
    case
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
        when not has_customer_reference then 'customer reference'
    end
{%- endmacro %}

{# The shape of the offending value: letters become x, digits 9, so that no personal data is shown. #}
{% macro rejection_value(columns) -%}
    left(regexp_replace(regexp_replace(
        case rejected_column
            {% for column in columns -%}
            when '{{ column.name }}' then raw_{{ column.name }}
            {% endfor -%}
        end,
        '[\p{L}\p{M}]', 'x', 'g'), '\p{N}', '9', 'g'), 40)
{%- endmacro %}

{% macro rejection_reason(columns) -%}
    case
        {% for column in columns -%}
        when rejected_column = '{{ column.name }}' then
            case
                when raw_{{ column.name }} is null then 'is required and empty'
                {% if column.type != 'string' -%}
                when {{ column.name }} is null then 'is not a {{ column.type }}'
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
