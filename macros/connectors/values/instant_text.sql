{# A UTC timestamp as a feed reads it, whatever zone its own times have. #}
{% macro instant_text(instant) -%} cast({{ instant }} as string) || '+00:00' {%- endmacro %}

{# A vendor's time, which without a zone is UTC, as a feed reads it. A day without an hour stays the shop's own day, and
   what is no time stays as it is, to be told. #}
{% macro utc_text(raw) -%}
    case
        when length({{ raw }}) <= 10 then {{ raw }}
        else coalesce({{ instant_text(try_timestamp(raw)) }}, {{ raw }})
    end
{%- endmacro %}
