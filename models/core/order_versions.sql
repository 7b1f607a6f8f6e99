with

orders as (

    select * from {{ ref('stg_feeds__order_versions') }}

),

exchange_rates as (

    select * from {{ ref('order_exchange_rates') }}

),

reference_customers as (

    select * from {{ ref('reference_customers') }}

),

priced as (

    select
        orders.*,
        reference_customers.customer_id,
        reference_customers.linked_at,
        -- NULL: the order is in the reporting currency, or says of none
        exchange_rates.exchange_rate,
        exchange_rates.rate_date

    from orders

    left join exchange_rates
        on
            orders.currency = exchange_rates.currency
            and cast(orders.ordered_at as date) = exchange_rates.order_date

    left join reference_customers
        on {{ is_row_of_customer('orders', 'ordered_at') }}

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
        {{ linked_known_at('known_at', 'linked_at') }} as known_at,
        superseded_at

    from priced

),

order_versions as (

    -- what was replaced before it was known whose it is was at no time known of anybody
    select * from judged
    where known_at < superseded_at

)

select * from order_versions
