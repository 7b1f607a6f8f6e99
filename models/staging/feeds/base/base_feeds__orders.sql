{# The orders as read, and four reasons to set one aside that are the shop's and not the file's. Here and not
   later, so that nobody becomes a customer through such an order. #}
with

orders as (

    select * from {{ ref('base_feeds__order_rows') }}

),

test_order_patterns as (

    select * from {{ ref('test_orders') }}

),

exchange_rates as (

    select * from {{ ref('order_exchange_rates') }}

),

test_orders as (

    select
        orders.feed_file,
        orders.feed_row,
        min(test_order_patterns.column_name) as column_name

    from orders

    inner join test_order_patterns
        on {{ fits_test_pattern('orders', 'test_order_patterns') }}

    group by orders.feed_file, orders.feed_row

),

{{ orders_taken_back() }},

judged as (

    select
        orders.feed_file,
        orders.feed_row,
        orders.source_rank,
        orders.order_id,
        orders.ordered_at,
        orders.amount,
        orders.customer_ref,
        orders.contact_id,
        orders.user_ref,
        orders.email,
        orders.phone,
        orders.device_id,
        orders.anonymous_id,
        orders.currency,
        orders.discount_amount,
        orders.shipping_amount,
        orders.cost_amount,
        orders.status,
        orders.channel,
        orders.store_id,
        orders.recorded_at,
        coalesce(
            orders.rejected_column,
            case when first_taken_back.order_id is not null then 'shop' end,
            test_orders.column_name,
            -- no order is worth a trillion, and the sums of features hold ten thousand such orders
            case
                when abs(orders.amount) >= 1000000000000 then 'amount'
                when abs(orders.discount_amount) >= 1000000000000 then 'discount_amount'
                when abs(orders.shipping_amount) >= 1000000000000 then 'shipping_amount'
                when abs(orders.cost_amount) >= 1000000000000 then 'cost_amount'
            end,
            case
                when not {{ is_currency_code('orders.currency') }} then 'currency'
                when exchange_rates.unquoted_currency is not null then 'currency'
            end
        ) as rejected_column,
        orders.rejected_value,
        coalesce(
            orders.rejected_reason,
            'is set aside by the shop itself: ' || first_taken_back.reason,
            case
                when test_orders.column_name is not null then 'is a test order'
                when greatest(
                    abs(orders.amount), abs(orders.discount_amount),
                    abs(orders.shipping_amount), abs(orders.cost_amount)
                ) >= 1000000000000 then 'is too large to be money'
            end,
            -- what has not three letters might be an address in the wrong column: it is not shown
            case
                when not {{ is_currency_code('orders.currency') }} then 'is not the code of a currency'
                when exchange_rates.unquoted_currency is not null
                    then 'has no exchange rate on its day: add ' || exchange_rates.unquoted_currency
                        || ' to seeds/exchange_rates.csv'
            end
        ) as rejected_reason

    from orders

    left join test_orders
        on
            orders.feed_file = test_orders.feed_file
            and orders.feed_row = test_orders.feed_row

    left join first_taken_back
        on
            orders.order_id = first_taken_back.order_id
            and orders.source_rank > first_taken_back.source_rank

    left join exchange_rates
        on
            upper(orders.currency) = exchange_rates.currency
            and cast(orders.ordered_at as date) = exchange_rates.order_date

)

select * from judged
