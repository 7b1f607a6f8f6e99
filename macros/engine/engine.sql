{# What differs between engines, each idea behind one name. DuckDB is the default; another engine adds
   `<engine>__<name>` beside it. #}

{% macro fail_with(message_expression) %}{{ return(adapter.dispatch('fail_with')(message_expression)) }}{% endmacro %}
{% macro default__fail_with(message_expression) -%} error({{ message_expression }}) {%- endmacro %}
{% macro spark__fail_with(message_expression) -%} raise_error({{ message_expression }}) {%- endmacro %}

{# A text hash that every engine computes alike. #}
{% macro hashed(expression) -%} md5({{ expression }}) {%- endmacro %}

{# A number in [0, 1) that depends on a text alone: for sampling and hold-outs that never move. #}
{% macro hash_share(expression) %}{{ return(adapter.dispatch('hash_share')(expression)) }}{% endmacro %}
{% macro default__hash_share(expression) -%}
    cast('0x' || left(md5({{ expression }}), 8) as bigint) / 4294967296.0
{%- endmacro %}
{% macro spark__hash_share(expression) -%}
    cast(conv(left(md5({{ expression }}), 8), 16, 10) as bigint) / 4294967296.0
{%- endmacro %}

{# Every month start in [first_at, last_at], one row each, column `month_start_at`. #}
{% macro month_starts(first_at, last_at) %}{{ return(adapter.dispatch('month_starts')(first_at, last_at)) }}{% endmacro %}
{% macro default__month_starts(first_at, last_at) -%}
    select unnest(generate_series(
        cast(date_trunc('month', {{ first_at }}) as timestamp), {{ last_at }}, interval '1 month'
    )) as month_start_at
{%- endmacro %}
{% macro spark__month_starts(first_at, last_at) -%}
    select explode(sequence(
        cast(date_trunc('month', {{ first_at }}) as timestamp), {{ last_at }}, interval 1 month
    )) as month_start_at
{%- endmacro %}

{# Every day's start in [first_at, last_at], one row each, column `day_start_at`. #}
{% macro day_starts(first_at, last_at) %}{{ return(adapter.dispatch('day_starts')(first_at, last_at)) }}{% endmacro %}
{% macro default__day_starts(first_at, last_at) -%}
    select unnest(generate_series(
        cast(date_trunc('day', {{ first_at }}) as timestamp), {{ last_at }}, interval '1 day'
    )) as day_start_at
{%- endmacro %}
{% macro spark__day_starts(first_at, last_at) -%}
    select explode(sequence(
        cast(date_trunc('day', {{ first_at }}) as timestamp), {{ last_at }}, interval 1 day
    )) as day_start_at
{%- endmacro %}

{# One text for a group of rows, whatever their order: their number, and the sum of a hash of each. It is compared with
   another of the same engine only. #}
{% macro rows_hash(columns) %}{{ return(adapter.dispatch('rows_hash')(columns)) }}{% endmacro %}
{% macro default__rows_hash(columns) -%}
    cast(count(*) as string) || ' ' || coalesce(cast(sum(hash({{ columns | join(', ') }})) as string), '')
{%- endmacro %}
{% macro spark__rows_hash(columns) -%}
    cast(count(*) as string) || ' '
        || coalesce(cast(sum(cast(xxhash64({{ columns | join(', ') }}) as decimal(38, 0))) as string), '')
{%- endmacro %}

{# Days between two instants, with fractions. #}
{% macro days_between(earlier, later) %}{{ return(adapter.dispatch('days_between')(earlier, later)) }}{% endmacro %}
{% macro default__days_between(earlier, later) -%}
    (epoch_us({{ later }}) - epoch_us({{ earlier }})) / 86400000000.0
{%- endmacro %}
{% macro spark__days_between(earlier, later) -%}
    (unix_micros({{ later }}) - unix_micros({{ earlier }})) / 86400000000.0
{%- endmacro %}

{# The distinct texts of a group in one, in alphabetical order. #}
{% macro joined_text(expression) %}{{ return(adapter.dispatch('joined_text')(expression)) }}{% endmacro %}
{% macro default__joined_text(expression) -%} array_to_string(list_sort(list({{ expression }})), ', ') {%- endmacro %}
{% macro spark__joined_text(expression) -%} array_join(array_sort(collect_list({{ expression }})), ', ') {%- endmacro %}

{# Several columns of the first row of a group, by an order without ties: read as <alias>.<column>. #}
{% macro first_row(columns, order) %}{{ return(adapter.dispatch('first_row')(columns, order)) }}{% endmacro %}
{% macro default__first_row(columns, order) -%}
    min_by(
        struct_pack({% for name in columns %}{{ name }} := {{ name }}{{ ', ' if not loop.last }}{% endfor %}),
        row({{ order | join(', ') }})
    )
{%- endmacro %}
{% macro spark__first_row(columns, order) -%}
    min_by(struct({{ columns | join(', ') }}), struct({{ order | join(', ') }}))
{%- endmacro %}

{# For a CTE that is read twice and would be large: it is computed twice rather than kept. Spark never keeps one. #}
{% macro not_materialized() %}{{ return(adapter.dispatch('not_materialized')()) }}{% endmacro %}
{% macro default__not_materialized() -%} not materialized {%- endmacro %}
{% macro spark__not_materialized() -%}{%- endmacro %}
