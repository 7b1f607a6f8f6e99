with

orders as (

    select * from {{ ref('base_feeds__order_rows') }}

),

reporting_currency as (

    select * from {{ ref('reporting_currency') }}

),

exchange_rates as (

    select * from {{ ref('exchange_rates') }}

),

foreign_days as (

    select distinct
        upper(orders.currency) as currency,
        cast(orders.ordered_at as date) as order_date,
        reporting_currency.currency as reporting_currency

    from orders

    inner join reporting_currency
        on upper(orders.currency) != reporting_currency.currency

    where
        orders.rejected_reason is null
        and {{ is_currency_code('orders.currency') }}

),

quoted as (

    select
        currency,
        valid_from,
        units_per_eur
    from exchange_rates

    union

    -- one euro is one euro whenever anything is quoted against it
    select
        'EUR' as currency,
        valid_from,
        1 as units_per_eur
    from exchange_rates

),

rates as (

    -- the last rate of a currency applies until somebody adds another
    select
        currency,
        units_per_eur,
        valid_from,
        coalesce(
            lead(valid_from) over (partition by currency order by valid_from asc nulls last),
            date '9999-12-31'
        ) as valid_to
    from quoted

),

order_exchange_rates as (

    select
        foreign_days.currency,
        foreign_days.order_date,
        reporting_rates.units_per_eur / nullif(order_rates.units_per_eur, 0) as exchange_rate,
        -- the older of the two: what the rate is worth depends on it
        case
            when exchange_rate is null then null
            when order_rates.valid_from < reporting_rates.valid_from then order_rates.valid_from
            else reporting_rates.valid_from
        end as rate_date,
        case
            when order_rates.currency is null then foreign_days.currency
            when reporting_rates.currency is null then foreign_days.reporting_currency
        end as unquoted_currency

    from foreign_days

    left join rates as order_rates
        on
            foreign_days.currency = order_rates.currency
            and foreign_days.order_date >= order_rates.valid_from
            and foreign_days.order_date < order_rates.valid_to

    left join rates as reporting_rates
        on
            foreign_days.reporting_currency = reporting_rates.currency
            and foreign_days.order_date >= reporting_rates.valid_from
            and foreign_days.order_date < reporting_rates.valid_to

)

select * from order_exchange_rates
