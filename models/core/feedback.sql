with

feedback as (

    select * from {{ ref('stg_feeds__feedback') }}

),

reference_customers as (

    select * from {{ ref('reference_customers') }}

),

of_customers as (

    select
        feedback.feedback_id,
        reference_customers.customer_id,
        feedback.product_id,
        feedback.kind,
        feedback.rating,
        feedback.text_length,
        feedback.text_length > 0 as has_text,
        feedback.created_at,
        {{ linked_known_at('feedback.known_at') }} as known_at

    from feedback

    left join reference_customers
        on {{ is_row_of_customer('feedback', 'created_at') }}

)

select * from of_customers
