{# Writes the query that made a relation beside it, as its comment: definitions, versions and the leak audit read what
   was really run. A hook of the models in models/features/; those in Python have no query. #}
{% macro remember_query() -%}
    {% if model.language == 'sql' -%}
    comment on {{ 'view' if model.config.materialized == 'view' else 'table' }} {{ this }}
    is '{{ model.compiled_code | default('', true) | replace("'", "''") }}'
    {%- endif %}
{%- endmacro %}
