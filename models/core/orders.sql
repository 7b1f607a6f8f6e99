with

orders as (

    select * from {{ ref('stg_feeds__orders') }}

),

exchange_rates as (

    select * from {{ ref('order_exchange_rates') }}

),

priced as (

    select
        orders.*,
        -- NULL: the order is in the reporting currency, or says of none
        exchange_rates.exchange_rate,
        exchange_rates.rate_date

    from orders

    left join exchange_rates
        on
            orders.currency = exchange_rates.currency
            and cast(orders.ordered_at as date) = exchange_rates.order_date

),

judged as (

    select
        order_id,
        customer_id,
        store_id,
        {{ in_reporting_currency('amount', 'exchange_rate') }} as amount,
        {{ in_reporting_currency('discount_amount', 'exchange_rate') }} as discount_amount,
        {{ in_reporting_currency('shipping_amount', 'exchange_rate') }} as shipping_amount,
        {{ in_reporting_currency('cost_amount', 'exchange_rate') }} as cost_amount,
        currency,
        amount as amount_in_currency,
        exchange_rate,
        rate_date,
        status,
        channel,
        -- a cancelled order is no purchase and a refund neither; a returned one was
        status != 'cancelled' and amount >= 0 as is_purchase,
        amount < 0 as is_refund,
        amount = 0 as is_free,
        discount_amount > 0 as is_discounted,
        ordered_at,
        known_at

    from priced

)

select * from judged
