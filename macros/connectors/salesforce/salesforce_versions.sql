{# The versions of contacts or leads, rebuilt from what they are today and from the history of their fields.

   A version shows nothing before it was set. Going back from today, a field had the old value of its next change. A field
   of which the history tells nothing, about nobody, is not tracked, and known only since the record was last modified. #}

{# CTEs from `identified` to `versions`. Of `identified` there is one row per row of the table, with record_id and, when
   something beside it came to be known, also_known_at; `history` has the rows of the table's field history. #}
{% macro salesforce_versions(table) -%}
{%- set fields = salesforce_fields(table) -%}
{{ salesforce_records() }},

field_changes as (

    select
        {{ salesforce_id(table ~ '_id') }} as record_id,
        {{ try_timestamp('created_date') }} as changed_at,
        {{ replaced('lower(field)', '[^a-z0-9]') }} as field_key,
        old_value,
        -- of several changes in one moment the first knows what was before it
        row_number() over (
            partition by {{ table }}_id, created_date, lower(field)
            order by id asc nulls last, feed_file asc nulls last, feed_row asc nulls last
        ) as change_rank
    from history

),

tracking as (

    select
        {% for field in fields -%}
        count(*) filter (where field_key = '{{ field.key }}') > 0 as "{{ field.name }}_is_tracked",
        {% endfor -%}
        -- Salesforce keeps 18 months; a copy of it may reach back further
        least(min(changed_at), max(changed_at) - interval '18' month) as history_since
    from field_changes

),

changes as (

    select
        record_id,
        changed_at as version_at,
        {% for field in fields -%}
        max(':' || coalesce(old_value, '')) filter (where field_key = '{{ field.key }}' and change_rank = 1)
            as "{{ field.name }}_before",
        {% endfor -%}
        count(*) filter (where field_key = 'created') > 0 as is_beginning
    from field_changes
    where changed_at is not null
    group by record_id, changed_at

),

rebuilt_records as (

    select * from records
    where newest_rank = 1 and not is_record_gone and record_id is not null

),

moments as (

    select * from changes

    union all

    {{ known_moment('modified_at', fields) }}
    from rebuilt_records

    union all

    {{ known_moment('also_known_at', fields) }}
    from rebuilt_records
    where also_known_at > created_at

    union all

    -- a record whose creation the history does not tell is known as far as the history reaches
    {{ known_moment('greatest(created_at, history_since)', fields) }}
    from rebuilt_records
    cross join tracking
    where
        created_at <= modified_at
        and history_since <= modified_at
        and record_id not in (select record_id from changes where is_beginning and record_id is not null)

),

distinct_moments as (

    select
        record_id,
        version_at,
        {% for field in fields -%}
        max("{{ field.name }}_before") as "{{ field.name }}_before"{{ ',' if not loop.last }}
        {% endfor %}
    from moments
    group by record_id, version_at

),

following as (

    select
        record_id,
        version_at,
        {% for field in fields -%}
        {{ next_given('"' ~ field.name ~ '_before"', 'by_time') }} as "{{ field.name }}_before"{{ ',' if not loop.last }}
        {% endfor %}
    from distinct_moments
    window by_time as (partition by record_id order by version_at asc nulls last)

),

{{ salesforce_states(fields) }}
{%- endmacro %}
