select
    'product-' || number as product_id,
    'Product ' || number as product_name,
    'category-' || number % 30 as category,
    'subcategory-' || number % 300 as subcategory,
    'brand-' || number % 200 as brand,
    'department-' || number % 5 as department
from range(20000) as numbers(number)
