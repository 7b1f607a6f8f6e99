{# The declared columns of a feed: name, type and meta of its source. #}
{% macro feed_columns(feed) -%}
    {% set columns = [] %}
    {% for column in feed_source(feed).columns.values() %}
        {% set meta = column.get('config', {}).get('meta') or column.get('meta') or {} %}
        {% do columns.append({
            'name': column.name, 'type': column.data_type, 'is_required': meta.get('required', false),
            'is_reference': meta.get('customer_reference', false), 'accepted': meta.get('accepted', []),
            'is_past': meta.get('past', false)
        }) %}
    {% endfor %}
    {{ return(columns) }}
{%- endmacro %}

{# What makes two rows of a feed deliveries of one fact, as its source declares it: expressions; none for a
   feed without a key. #}
{% macro feed_key(feed) -%}
    {% if not execute %}{{ return(['feed_row']) }}{% endif %}
    {% set source = feed_source(feed) %}
    {% set key = [] %}
    {% for part in (source.get('config', {}).get('meta') or source.get('meta') or {}).get('key', []) %}
        {% do key.append(reference_key() if part == 'customer_reference' else part) %}
    {% endfor %}
    {{ return(key) }}
{%- endmacro %}

{% macro feed_source(feed) -%}
    {{ return(graph.sources['source.' ~ project_name ~ '.feeds.' ~ feed]) }}
{%- endmacro %}

{% macro require_feed_columns(feed, columns, file) -%}
    {% set found = shown_column_names(file.columns, columns) %}
    {% for column in columns if column.is_required and column.name not in file.columns %}
        {{ exceptions.raise_compiler_error(
            "feed '" ~ feed ~ "' (" ~ file.file ~ "): required column '" ~ column.name
            ~ "' is missing. Columns found: " ~ found ~ ". Add the column or rename the one that holds it; "
            ~ "docs/feeds.md lists every feed."
        ) }}
    {% endfor %}
    {% set references = columns | selectattr('is_reference') | map(attribute='name') | list %}
    {% set given = references | select('in', file.columns.keys()) | list %}
    {% if references and not given %}
        {{ exceptions.raise_compiler_error(
            "feed '" ~ feed ~ "' (" ~ file.file ~ "): no column says whose row it is. Columns found: "
            ~ found ~ ". Add one of: " ~ references | join(', ') ~ "; docs/feeds.md lists every feed."
        ) }}
    {% endif %}
{%- endmacro %}

{# Names of a header, as they may be shown. A file without a header row would show its first customer instead:
   a header has every required column, or two declared ones, or half of its columns are declared; and what is not
   declared is a word, without the digits that ids have. #}
{% macro shown_columns(names, columns) -%}
    {% set declared = names | select('in', columns | map(attribute='name') | list) | list %}
    {% set missing = columns | selectattr('is_required') | rejectattr('name', 'in', declared) | list %}
    {% set is_header = not missing or declared | length >= 2 or declared | length * 2 >= names | length %}
    {% set shown = [] %}
    {% for name in names | sort %}
        {% set is_word = name in declared or modules.re.match('^[a-z_]{1,40}$', name) %}
        {% do shown.append(name if is_header and is_word else '(no name)') %}
    {% endfor %}
    {{ return(shown | unique | list) }}
{%- endmacro %}

{% macro shown_column_names(names, columns) -%}
    {% set shown = shown_columns(names, columns) %}
    {% set hint = ' (does the file begin with a header row?)' %}
    {{ return(shown | join(', ') ~ (hint if '(no name)' in shown else '')) }}
{%- endmacro %}

{# Columns beyond the declared ones that are kept: attr_*, third-party attributes of contacts. #}
{% macro extra_columns(columns, delivery, attributes=[]) -%}
    {% set declared = columns | map(attribute='name') | list %}
    {% set extras = [] %}
    {% for file in delivery.files %}
        {% for name in file.columns if name not in declared and modules.re.match('^attr_[a-z0-9_]+$', name) %}
            {% do extras.append(name) %}
        {% endfor %}
    {% endfor %}
    {{ return((extras + attributes) | unique | sort) }}
{%- endmacro %}
