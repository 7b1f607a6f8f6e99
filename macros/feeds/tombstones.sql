{# Whoever asked to be forgotten stays out: see docs/privacy.md. Without a tombstone nothing of this is in any
   query. #}

{# TESSERA_TOMBSTONES/forgotten.csv; beside the build file when nothing is said. #}
{% macro tombstone_file() -%}
    {% set beside = (target.path | default('', true)).rpartition('/')[0] or '.' %}
    {{ return(env_var('TESSERA_TOMBSTONES', beside).rstrip('/') ~ '/forgotten.csv') }}
{%- endmacro %}

{# The columns of a feed whose values may be those of somebody forgotten. The file must have been written with
   this build's key: with another one nobody in it would be recognised. #}
{% macro forgettable_columns(feed) -%}
    {% set types = tombstone_types(tombstone_file()) %}
    {% if types and not run_query(
        'select 1 from (' ~ tombstone_rows(tombstone_file()) ~ ') as tombstones where identifier_id = '
        ~ hashed("'" ~ identity_key() ~ ":identity_key:'")
    ).rows %}
        {{ exceptions.raise_compiler_error(
            tombstone_file() ~ " was written with another TESSERA_IDENTITY_KEY: with this one nobody in it would be "
            ~ "recognised, and the forgotten would come back. Set the key it was written with."
        ) }}
    {% endif %}
    {% set types = types + (['order_id'] if types and feed == 'order_lines' else []) %}
    {{ return(feed_columns(feed) | map(attribute='name') | select('in', types) | list) }}
{%- endmacro %}

{# Keys of a raw value, spelling by spelling, as src/tessera/identity/spellings.py writes them. #}
{% macro tombstone_keys(column) -%}
    {% set raw = 'raw_' ~ column %}
    {% set spellings = {
        'email': [raw, 'lower(' ~ raw ~ ')', normalised_identifier('email', raw)],
        'phone': [raw, replaced(raw, '[^0-9]')],
    }.get(column, [raw]) %}
    {% set keys = [] %}
    {% for spelling in spellings | unique %}
        {% do keys.append(hashed("'" ~ identity_key() ~ ':' ~ column ~ ":' || " ~ spelling)) %}
    {% endfor %}
    {{ return(keys) }}
{%- endmacro %}

{# Whether a row carries an identifier of somebody forgotten, or is a row of theirs. #}
{% macro is_forgotten(columns) -%}
    {% set tests = [] %}
    {% for column in columns %}
        {% for key in tombstone_keys(column) %}
            {% do tests.append(key ~ ' in (select identifier_id from tombstones)') %}
        {% endfor %}
    {% endfor %}
    coalesce({{ tests | join(' or ') or 'false' }}, false)
{%- endmacro %}

{# CTEs between the rows of the files and their parsing: `remembered` is `source` with every value of a forgotten
   row gone before anything reads it, so that only its file and place are left. #}
{% macro remembered_rows(feed, columns, names) -%}
tombstones as (

    {{ tombstone_rows(tombstone_file()) }}

),

{% if feed == 'order_lines' -%}
orders_of_forgotten as (

    {{ forgotten_order_ids() }}

),

{% endif -%}
recognised as (

    select
        *,
        {{ is_forgotten(columns) }}
        {% if feed == 'order_lines' -%}
        or coalesce(raw_order_id in (select order_id from orders_of_forgotten), false)
        {% endif -%}
        as is_forgotten
    from source

),

remembered as (

    select
        feed_file,
        feed_row,
        has_decimal_comma,
        is_forgotten,
        {% for name in names -%}
        case when not is_forgotten then raw_{{ name }} end as raw_{{ name }},
        {% endfor -%}
        case when not is_forgotten then misshapen_reason end as misshapen_reason,
        case when not is_forgotten then misshapen_line end as misshapen_line
    from recognised

),
{%- endmacro %}

{# A query: the orders that name somebody forgotten. Their lines name nobody; so the orders' files are read once
   more, because in base_feeds__orders their ids are gone. #}
{% macro forgotten_order_ids() -%}
    {% set names = feed_columns('orders') | map(attribute='name') | list %}
    {% set columns = forgettable_columns('orders') %}
    {% for file in feed_delivery('orders').files %}
    select raw_order_id as order_id from ({{ feed_file_rows(file, names) }}) as orders
    where raw_order_id is not null and {{ is_forgotten(columns) }}
    {{ 'union' if not loop.last }}
    {% else %}
    select cast(null as string) as order_id where false
    {% endfor %}
{%- endmacro %}
