{# Rows of a table of Salesforce, dated, the newest of a record marked, and whether that one says that it is gone. #}

{# Whether a row says that its record has been deleted. #}
{% macro is_gone_from_salesforce(relation='') -%}
    {%- set prefix = relation ~ '.' if relation else '' -%}
    ({{ says_true(prefix ~ 'is_deleted') }} or {{ says_true(prefix ~ '_fivetran_deleted') }})
{%- endmacro %}

{# CTEs from `identified`, which has record_id beside the columns of the table, to `records`. #}
{% macro salesforce_records() -%}
dated_rows as (

    select
        *,
        {{ try_timestamp('created_date') }} as created_at,
        coalesce({{ try_timestamp('last_modified_date') }}, {{ try_timestamp('created_date') }}) as modified_at,
        {{ is_gone_from_salesforce() }} as is_gone
    from identified

),

ranked_rows as (

    select
        *,
        row_number() over (
            partition by record_id
            order by modified_at desc nulls last, feed_file desc nulls last, feed_row desc nulls last
        ) as newest_rank
    from dated_rows

),

records as (

    select
        *,
        -- is_deleted is the row's own word, and may be missing
        max(case when newest_rank = 1 and is_gone then 1 else 0 end) over (partition by record_id) = 1
            as is_record_gone
    from ranked_rows

)
{%- endmacro %}

{# The two columns of a row that is set aside because Salesforce has deleted it. #}
{% macro salesforce_deletion(is_deleted, master='cast(null as string)') -%}
    case when {{ is_deleted }} then 'is_deleted' end as rejected_column,
    case
        when {{ is_deleted }} and {{ master }} is not null then 'is true: merged into another record'
        when {{ is_deleted }} then 'is true: deleted in Salesforce'
    end as rejected_reason
{%- endmacro %}
