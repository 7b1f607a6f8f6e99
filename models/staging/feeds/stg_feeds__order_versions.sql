{% set content = [
    'reference_set_id', 'store_id', 'amount', 'discount_amount', 'shipping_amount', 'cost_amount', 'currency',
    'status', 'channel', 'ordered_at',
] %}
with

restated as (

    {{ restated_keys('orders') }}

),

source as {{ not_materialized() }} (

    select
        source.*,
        restated.order_id is not null as is_restated

    from {{ orders_of_buyers() }} as source

    left join restated
        on {{ is_restated_key('orders') }}

    where source.rejected_reason is null

),

renamed as {{ not_materialized() }} (

    select
        -- ids
        order_id,
        {{ reference_set_id('orders') }} as reference_set_id,
        {{ without_address('store_id') }} as store_id,

        -- money
        amount,
        coalesce(discount_amount, 0) as discount_amount,
        shipping_amount,
        cost_amount,
        upper(currency) as currency,

        -- words
        coalesce(lower(status), 'completed') as status,
        {{ without_address('channel') }} as channel,

        -- times
        ordered_at,
        {{ known_at('ordered_at', 'recorded_at') }} as known_at,

        -- deliveries
        source_rank,
        feed_file,
        feed_row,
        recorded_at,
        is_restated

    from source

),

{{ versions_once_known(feed_key('orders'), content) }}

select * from versions
