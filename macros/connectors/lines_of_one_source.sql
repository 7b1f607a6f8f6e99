{# The lines of an order come from one source: two of them number the lines of one order in their own ways. As soon as
   the source believed more tells of an order, what another told of it stands no longer.

   CTEs from `renamed` and `versions` of stg_feeds__order_line_versions to `of_one_source`. #}
{% macro lines_of_one_source() -%}
first_told as (

    select
        order_id,
        source_rank,
        min(known_at) as told_at
    from renamed
    {% if validated_as_of() -%}
    where known_at < {{ validated_as_of() }}
    {% endif -%}
    group by order_id, source_rank

),

displaced as (

    select
        later.order_id,
        later.source_rank,
        min(first_told.told_at) as displaced_at

    from first_told as later

    inner join first_told
        on
            later.order_id = first_told.order_id
            and later.source_rank > first_told.source_rank

    group by later.order_id, later.source_rank

),

of_one_source as (

    select
        versions.* exclude (source_rank, superseded_at),
        least(versions.superseded_at, coalesce(displaced.displaced_at, versions.superseded_at)) as superseded_at

    from versions

    left join displaced
        on
            versions.order_id = displaced.order_id
            and versions.source_rank = displaced.source_rank

    where displaced.displaced_at is null or versions.known_at < displaced.displaced_at

)
{%- endmacro %}

{# A query: how many lines another source replaced although it has none of that number. #}
{% macro displaced_lines() -%}
    select count(*) from (
        select
            min(source_rank) as line_rank,
            min(min(source_rank)
                {%- if validated_as_of() %} filter (
                    where coalesce(recorded_at, timestamp '1970-01-01') < {{ validated_as_of() }}
                )
                {%- endif %}) over (partition by order_id) as order_rank
        from {{ ref('base_feeds__order_lines') }}
        where rejected_reason is null
        group by order_id, line_number
    ) as lines
    where line_rank > order_rank
{%- endmacro %}
