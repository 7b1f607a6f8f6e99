{{ config(enabled=is_connected('shopify')) }}
with

orders as (

    select * from {{ ref('base_shopify__orders') }}

),

order_instants as (

    select * from {{ ref('base_shopify__order_instants') }}

),

known_refunds as (

    select * from {{ ref('base_shopify__known_refunds') }}

),

order_costs as (

    select * from {{ ref('base_shopify__order_costs') }}

),

contacts as (

    select distinct contact_id from {{ ref('stg_shopify__contacts') }}
    where rejected_reason is null

),

known as (

    select
        orders.*,
        order_instants.recorded_at,
        order_instants.undated_status,
        coalesce(order_instants.undated_subtotal, orders.subtotal) as known_subtotal,
        known_refunds.goods as goods_refunded,
        known_refunds.shipping as shipping_refunded,
        known_refunds.is_returned,
        coalesce(orders.cancelled_time <= order_instants.recorded_time, false) as is_cancelled

    from order_instants

    inner join orders
        on
            order_instants.feed_file = orders.feed_file
            and order_instants.feed_row = orders.feed_row

    inner join known_refunds
        on
            order_instants.feed_file = known_refunds.feed_file
            and order_instants.feed_row = known_refunds.feed_row
            and order_instants.recorded_at is not distinct from known_refunds.recorded_at

),

renamed as (

    select
        -- ids
        known.feed_file,
        known.feed_row,
        known.order_id,
        known.customer_ref,
        contacts.contact_id,
        known.email,
        known.phone,
        case when known.channel = 'store' then known.store_id end as store_id,

        -- money, without tax; what cannot be read is left for the feed's own judgement
        coalesce(
            cast(cast(
                {{ without_tax('known.known_subtotal', 'known.tax_share') }} - known.goods_refunded
                as decimal(18, 2)
            ) as string),
            known.subtotal_price
        ) as amount,
        cast({{ without_tax('known.discount', 'known.tax_share') }} as decimal(18, 2)) as discount_amount,
        cast(
            {{ without_tax('known.shipping', 'known.tax_share') }} - known.shipping_refunded as decimal(18, 2)
        ) as shipping_amount,
        coalesce(known.cost_amount, cast(order_costs.cost_amount as string)) as cost_amount,
        known.currency,

        -- words
        case
            when known.is_cancelled then 'cancelled'
            when known.is_returned then 'returned'
            else coalesce(known.undated_status, 'completed')
        end as status,
        known.channel,

        -- times
        known.placed_at as ordered_at,
        known.recorded_at,

        -- what must not count
        known.rejected_column,
        case known.rejected_column
            when 'test' then 'is true: a test order'
            when '_fivetran_deleted' then 'is true: deleted in Shopify'
        end as rejected_reason

    from known

    left join order_costs
        on known.order_id = order_costs.order_id

    left join contacts
        on known.customer_ref = contacts.contact_id

)

select * from renamed
