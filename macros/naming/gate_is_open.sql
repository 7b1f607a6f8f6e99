{# True when the gate has passed in this run; otherwise the query fails and says why. Selecting from a model
   that asks for it keeps a bare `dbt run`, which runs no tests, from walking past a red gate. #}
{% macro gate_is_open(gate) -%}
    (
        select
            case
                when count(*) = 0 then {{ fail_with(
                    "'" ~ gate.identifier ~ " was not checked in this run: run dbt build, or select the gate too'"
                ) }}
                when count(*) filter (where severity = 'critical' and not has_passed) > 0 then {{ fail_with(
                    "'" ~ gate.identifier ~ " is red: select * from " ~ gate.schema ~ "." ~ gate.identifier
                    ~ " where not has_passed'"
                ) }}
                else true
            end
        from {{ gate }}
        where run_id = (select run_id from {{ ref('run_context') }})
    )
{%- endmacro %}
