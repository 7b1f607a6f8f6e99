select
    product_id,
    product_name,
    category,
    subcategory,
    brand,
    department
from {{ ref('stg_feeds__products') }}
