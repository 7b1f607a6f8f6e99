select
    id_of('feedback', number) as feedback_id,
    id_of('customer', customer_of(number, 'customer of feedback')) as customer_id,
    'product-' || pick(number, 'product of feedback', 20000, 2) as product_id,
    pick_of(number, 'kind of feedback', ['review', 'review', 'survey', 'social']) as kind,
    1.0 + pick(number, 'rating', 5, 0.6) as rating,
    pick(number, 'length of feedback', 400, 1) as text_length,
    pick(number, 'length of feedback', 400, 1) > 0 as has_text,
    happened_at as created_at,
    known_since(number, happened_at) as known_at
from facts(0.1)
