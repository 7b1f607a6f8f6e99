{# What each version of a contact or lead says: the last step of salesforce_versions.sql. #}
{% macro salesforce_states(fields) -%}
states as (

    select
        rebuilt_records.record_id,
        rebuilt_records.feed_file,
        rebuilt_records.feed_row,
        following.version_at,
        coalesce(following.version_at = rebuilt_records.modified_at, following.version_at is null) as is_delivered,
        {% for field in fields -%}
        case
            when not "{{ field.name }}_is_tracked" and following.version_at < modified_at then null
            when "{{ field.name }}_before" is not null then nullif(substring("{{ field.name }}_before", 2), '')
            else {{ field.value }}
        end as "{{ field.name }}"{{ ',' if not loop.last }}
        {% endfor %}
    from following

    inner join rebuilt_records
        on following.record_id = rebuilt_records.record_id

    cross join tracking

),

versions as (

    select * from states

    union all

    -- what came as a version by itself, and what is set aside
    select
        record_id,
        feed_file,
        feed_row,
        modified_at as version_at,
        true as is_delivered,
        {% for field in fields -%}
        {{ field.value }} as "{{ field.name }}"{{ ',' if not loop.last }}
        {% endfor %}
    from records
    where newest_rank > 1 or is_record_gone or record_id is null

)
{%- endmacro %}
