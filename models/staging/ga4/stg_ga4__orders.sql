{{ config(enabled=is_connected('ga4')) }}

with

purchases as (

    select
        *,
        {{ ga4_transaction_id() }} as order_id,
        coalesce(
            {{ ga4_field('ecommerce', 'purchase_revenue') }}, {{ ga4_param('value') }}
        ) as purchase_revenue,
        {{ ga4_field('ecommerce', 'purchase_revenue_in_usd') }} as dollars
    from {{ ref('base_ga4__events') }}
    where event_name = 'purchase'

),

renamed as (

    select
        feed_file,
        feed_row,

        -- ids
        order_id,
        anonymous_id,
        device_id,
        user_ref,

        -- words
        case
            when purchase_revenue is null and dollars is not null then 'USD'
            else {{ ga4_param('currency') }}
        end as currency,
        case when is_of_browser then 'web' else 'app' end as channel,

        -- money
        coalesce(purchase_revenue, dollars) as amount,
        coalesce(
            {{ ga4_field('ecommerce', 'shipping_value') }}, {{ ga4_param('shipping') }}
        ) as shipping_amount,

        -- times: the page that says thanks can be opened again, and tells of the same purchase
        min({{ try_timestamp('event_timestamp') }}) over (partition by order_id) as ordered_at,
        coalesce(received_at, event_timestamp) as recorded_at,

        rejected_column,
        rejected_reason

    from purchases
    where order_id is not null

)

select * from renamed
