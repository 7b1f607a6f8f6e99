with

feedback as (

    select * from {{ ref('feedback') }}
    where
        customer_id is not null
        and {{ is_known_to_a_snapshot('known_at') }}

),

period_days as (

    select * from {{ ref('period_days') }}

),

feedback_periods as (

    select
        feedback.customer_id,
        {{ period_number('own_days') }} as period,
        {{ period_number('known_days') }} as known_period,
        count(*) as feedback,
        count(*) filter (where feedback.kind = 'review') as reviews,
        count(feedback.rating) as ratings,
        sum(feedback.rating) as rating,
        min(feedback.rating) as smallest_rating,
        -- of five, as shops and surveys ask
        count(*) filter (where feedback.rating <= 2) as negative_ratings,
        max(feedback.created_at) as last_at

    from feedback

    left join period_days as own_days
        on {{ is_in_period('feedback.created_at', 'own_days') }}

    left join period_days as known_days
        on {{ is_in_period('feedback.known_at', 'known_days') }}

    group by feedback.customer_id, own_days.period, known_days.period

)

select * from feedback_periods
