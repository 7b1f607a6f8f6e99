{# Where releases are published; the throw-away target keeps its own away from the real ones. #}
{% macro releases_folder() -%}
    {{ return(env_var('TESSERA_RELEASES', 'warehouse/ci' if target.name == 'ci' else 'warehouse')) }}
{%- endmacro %}
