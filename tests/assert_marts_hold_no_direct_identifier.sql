-- customer_id must be a key that shows nothing: never a value by which a source knows the customer.
select customers.customer_id
from {{ ref('published_customers') }} as customers

inner join {{ ref('customer_identifiers') }} as customer_identifiers
    on customers.customer_id = customer_identifiers.identifier_value
