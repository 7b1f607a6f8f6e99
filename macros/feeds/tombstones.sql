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
    {% if types is none %}{{ return([]) }}{% endif %}
    {% if not run_query(
        'select 1 from (' ~ tombstone_rows(tombstone_file()) ~ ') as tombstones where identifier_id = '
        ~ identifier_key('identity_key', "''")
    ).rows %}
        {{ exceptions.raise_compiler_error(
            tombstone_file() ~ " was not written with this TESSERA_IDENTITY_KEY, or is damaged: nobody in it would be "
            ~ "recognised, and the forgotten would come back. Set the key it was written with, or restore the file."
        ) }}
    {% endif %}
    {% set types = types + (['order_id'] if feed == 'order_lines' else []) %}
    {{ return(feed_columns(feed) | map(attribute='name') | select('in', types) | list) }}
{%- endmacro %}

{# Keys of a raw value, spelling by spelling, as src/tessera/identity/spellings.py writes them: an e-mail address
   also as its provider reads it, of a phone number the digits, without the (0) that is not dialled. #}
{% macro tombstone_keys(column) -%}
    {% set raw = 'raw_' ~ column %}
    {% set whole = replaced(raw, '^(\\d{7,15})\\.0$|[(]\\s*0\\s*[)]', '\\1') %}
    {% set spellings = {
        'email': [raw, 'lower(' ~ raw ~ ')', provider_address(email_part(1), email_part(2))],
        'phone': [raw, replaced(raw, '[^0-9]'), replaced(whole, '[^0-9]')],
    }.get(column, [raw]) %}
    {% set keys = [] %}
    {% for spelling in spellings %}
        {% do keys.append(identifier_key(column, spelling)) %}
    {% endfor %}
    {{ return(keys) }}
{%- endmacro %}

{# Rows with whether they carry an identifier of somebody forgotten, or are rows of theirs. #}
{% macro recognised_rows(rows, columns) -%}
    {%- set tests = [] -%}
    {%- for column in columns -%}
        {%- for key in tombstone_keys(column) -%}
            {%- do tests.append(key ~ ' in (select identifier_id from tombstones)') -%}
        {%- endfor -%}
    {%- endfor -%}
    select
        {{ rows }}.*,
        coalesce({{ tests | join(' or ') or 'false' }}, false) as is_forgotten
    {% if 'email' not in columns -%}
    from {{ rows }}
    {%- else -%}
    from (select *, {{ cleaned_email('raw_email') }} as cleaned_email from {{ rows }}) as {{ rows }}

    left join providers
        on {{ domain_label(email_part(2)) }} = providers.provider
    {%- endif %}
{%- endmacro %}

{% macro email_part(number) -%} split_part(cleaned_email, '@', {{ number }}) {%- endmacro %}

{# CTEs between the rows of the files and their parsing: `remembered` is `source` with every value of a forgotten
   row gone before anything reads it, so that only its file and place are left. #}
{% macro remembered_rows(feed, columns, names) -%}
tombstones as (

    {{ tombstone_rows(tombstone_file()) }}

),

providers as (

    select * from {{ ref('email_providers') }}

),

recognised as (

    {{ recognised_rows('source', columns) }}

),

{% if feed == 'order_lines' -%}
{{ orders_of_forgotten() }}

{% endif -%}
remembered as (

    select
        feed_file,
        feed_row,
        has_decimal_comma,
        is_forgotten,
        {% for name in names -%}
        case when not is_forgotten then raw_{{ name }} end as raw_{{ name }},
        {% endfor -%}
        source_rank,
        case when not is_forgotten then set_aside_column end as set_aside_column,
        case when not is_forgotten then set_aside_reason end as set_aside_reason,
        case when not is_forgotten then misshapen_reason end as misshapen_reason,
        case when not is_forgotten then misshapen_line end as misshapen_line
    from {{ 'recognised_lines' if feed == 'order_lines' else 'recognised' }}

),
{%- endmacro %}

{# Order lines name nobody. So the files of the orders are read once more: in base_feeds__orders the ids of the
   forgotten orders are gone. #}
{% macro orders_of_forgotten() -%}
{% set names = feed_columns('orders') | map(attribute='name') | list -%}
order_rows as (

    {{ feed_rows('orders', feed_delivery('orders'), names) }}

),

recognised_orders as (

    {{ recognised_rows('order_rows', forgettable_columns('orders')) }}

),

recognised_lines as (

    select
        * exclude (is_forgotten),
        is_forgotten or coalesce(
            raw_order_id in (select raw_order_id from recognised_orders where is_forgotten), false
        ) as is_forgotten
    from recognised

),
{%- endmacro %}
