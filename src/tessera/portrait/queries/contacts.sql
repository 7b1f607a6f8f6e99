-- How many people the CRM knows for each customer who ordered: below 1 customers are missing from
-- it, above 1 it holds prospects or the same person twice.
select
    nullif(count(distinct contact_id), 0)
        / nullif((select count(distinct customer) from purchase_days), 0) as contacts_per_customer

from feed_contacts
