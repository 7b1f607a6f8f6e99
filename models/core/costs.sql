with

costs as (

    select * from {{ ref('stg_feeds__costs') }}

),

reference_customers as (

    select * from {{ ref('reference_customers') }}

),

of_customers as (

    select
        reference_customers.customer_id,
        costs.kind,
        costs.amount,
        costs.incurred_at,
        {{ linked_known_at('costs.known_at') }} as known_at

    from costs

    left join reference_customers
        on {{ is_row_of_customer('costs', 'incurred_at') }}

)

select * from of_customers
