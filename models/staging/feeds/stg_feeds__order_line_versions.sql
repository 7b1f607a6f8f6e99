{% set content = ['product_id', 'quantity', 'unit_price', 'discount_amount', 'is_return'] %}
{% set has_connectors = connectors_of('order_lines') | length > 0 %}
with

restated as (

    {{ restated_keys('order_lines') }}

),

source as {{ not_materialized() }} (

    select
        source.*,
        restated.order_id is not null as is_restated

    from {{ ref('base_feeds__order_lines') }} as source

    left join restated
        on {{ is_restated_key('order_lines') }}

    where source.rejected_reason is null

),

renamed as {{ not_materialized() }} (

    select
        -- ids
        order_id,
        line_number,
        product_id,

        -- money
        quantity,
        unit_price,
        coalesce(discount_amount, 0) as discount_amount,

        -- words
        coalesce(is_return, false) as is_return,

        -- times: a line that nobody dates is known as soon as its order is
        coalesce(recorded_at, timestamp '1970-01-01') as known_at,

        -- deliveries
        source_rank,
        feed_file,
        feed_row,
        recorded_at,
        is_restated

    from source

),

{{ versions_once_known(feed_key('order_lines'), content + (['source_rank'] if has_connectors else [])) }}

{%- if has_connectors %},

{{ lines_of_one_source() }}

select * from of_one_source
{%- else %}

select * from versions
{%- endif %}
