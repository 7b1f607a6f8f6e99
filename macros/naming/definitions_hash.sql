{# One hash of all that decides what features mean: the models that make them, every macro, the vars they read, and
   the attributes that this shop's contacts have. #}
{% macro definitions_hash() -%}
    {% if not execute %}{{ return('') }}{% endif %}
    {% set profile = validated_feature_profile() %}
    {% set parts = [window_days() | string, profile | string, typed_contact_attributes() | string] %}
    {% if profile != 'full' %}
        {# which features the profile has #}
        {% do parts.append(graph.nodes['seed.' ~ project_name ~ '.feature_profiles'].checksum.checksum) %}
    {% endif %}
    {% for id, node in graph.nodes.items() | sort(attribute='0')
        if node.resource_type == 'model' and node.fqn[1] == 'features' %}
        {% do parts.append(id ~ local_md5(node.raw_code)) %}
    {% endfor %}
    {% for name, value in context.items() | sort(attribute='0')
        if value.macro is defined and value.macro.package_name == project_name %}
        {% do parts.append(name ~ local_md5(value.macro.macro_sql)) %}
    {% endfor %}
    {{ return(local_md5(parts | join(' '))) }}
{%- endmacro %}

{# A relation as the last build left it, or none. Not a ref: this build makes it anew further on. #}
{% macro earlier_relation(name) -%}
    {% if not execute or flags.FULL_REFRESH %}{{ return(none) }}{% endif %}
    {{ return(adapter.get_relation(this.database, 'features', name)) }}
{%- endmacro %}

{# 'yes' when the spine has rows that need not be computed again. #}
{% macro is_any_snapshot_standing() -%}
    {% if not execute %}{{ return('no') }}{% endif %}
    {% set counted = run_query(
        'select (select count(*) from ' ~ ref('customer_snapshots') ~ ') > (select count(*) from '
        ~ ref('snapshots_due') ~ ')'
    ) %}
    {{ return('yes' if counted.rows[0][0] else 'no') }}
{%- endmacro %}
