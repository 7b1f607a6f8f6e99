{# The declared columns of a feed: name, type and meta of its source. #}
{% macro feed_columns(feed) -%}
    {% set source = graph.sources['source.' ~ project_name ~ '.feeds.' ~ feed] %}
    {% set columns = [] %}
    {% for column in source.columns.values() %}
        {% set meta = column.get('config', {}).get('meta') or column.get('meta') or {} %}
        {% do columns.append({
            'name': column.name, 'type': column.data_type, 'is_required': meta.get('required', false),
            'is_reference': meta.get('customer_reference', false), 'accepted': meta.get('accepted', []),
            'is_past': meta.get('past', false)
        }) %}
    {% endfor %}
    {{ return(columns) }}
{%- endmacro %}

{# Lower-case names as they stand in the files, mapped to their spelling there. #}
{% macro feed_column_names(location) -%}
    {% set names = {} %}
    {% for name in run_query('describe ' ~ feed_rows(location)).columns[0].values() %}
        {% do names.update({name | lower | trim: name}) %}
    {% endfor %}
    {{ return(names) }}
{%- endmacro %}

{% macro require_feed_columns(feed, columns, present, location) -%}
    {% set found = shown_column_names(present) %}
    {% for column in columns if column.is_required and column.name not in present %}
        {{ exceptions.raise_compiler_error(
            "feed '" ~ feed ~ "' (" ~ location.files[0] ~ "): required column '" ~ column.name
            ~ "' is missing. Columns found: " ~ found ~ ". Add the column or rename the one that holds it; "
            ~ "docs/feeds.md lists every feed."
        ) }}
    {% endfor %}
    {% set references = columns | selectattr('is_reference') | map(attribute='name') | list %}
    {% set given = references | select('in', present.keys()) | list %}
    {% if references and not given %}
        {{ exceptions.raise_compiler_error(
            "feed '" ~ feed ~ "' (" ~ location.files[0] ~ "): no column says whose row it is. Columns found: "
            ~ found ~ ". Add one of: " ~ references | join(', ') ~ "; docs/feeds.md lists every feed."
        ) }}
    {% endif %}
{%- endmacro %}

{# Names that look like names: a file without a header row would show its first customer instead. #}
{% macro shown_column_names(present) -%}
    {% set shown = [] %}
    {% for name in present | sort if name not in ['feed_file', 'feed_row'] %}
        {% do shown.append(name if modules.re.match('^[a-z_][a-z0-9_ ]{0,40}$', name) else '(no name)') %}
    {% endfor %}
    {% set hint = ' (does the file begin with a header row, and has every row as many fields?)' %}
    {{ return(shown | join(', ') ~ (hint if '(no name)' in shown else '')) }}
{%- endmacro %}

{# Columns beyond the declared ones that are kept: attr_*, third-party attributes of contacts. #}
{% macro extra_columns(columns, present) -%}
    {% set declared = columns | map(attribute='name') | list %}
    {% set extras = [] %}
    {% for name in present if name not in declared and modules.re.match('^attr_[a-z0-9_]+$', name) %}
        {% do extras.append(name) %}
    {% endfor %}
    {{ return(extras | sort) }}
{%- endmacro %}
