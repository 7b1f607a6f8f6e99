-- How often customers write a review, and what they give.
select
    100 * nullif(count(distinct feedback_id), 0) / nullif((select count(*) from purchases), 0)
        as reviews_per_100_orders,
    avg(rating) as rating_mean

from feed_feedback

where lower(kind) = 'review'
