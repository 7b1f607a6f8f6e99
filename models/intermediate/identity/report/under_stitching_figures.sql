{# Signs that one person has remained several customers. #}
with

customers as (

    select * from {{ ref('customer_sizes') }}

),

misspelt_emails as (

    select * from {{ ref('misspelt_emails') }}

),

type_meetings as (

    select * from {{ ref('type_meetings') }}

),

under_stitching_figures as (

    select
        {{ figure('under_stitching', 'customers_with_contacts_but_no_orders', 'count(*)') }}
    from customers
    where contact_id_count > 0 and orders = 0

    union all

    select
        {{ figure('under_stitching', 'customers_with_orders_but_no_contacts', 'count(*)') }}
    from customers
    where contact_id_count = 0 and orders > 0

    union all

    select
        {{ figure('under_stitching', 'orders_of_customers_of_one_identifier', 'coalesce(sum(orders), 0)') }}
    from customers
    where identifiers = 1

    union all

    select
        {{ figure('under_stitching', 'emails_of_a_misspelt_domain', 'count(*)') }}
    from misspelt_emails

    union all

    select
        {{ figure('under_stitching', 'emails_apart_by_a_misspelt_domain', 'count(*)') }}
    from misspelt_emails
    where is_apart

    union all

    select
        {{ figure(
            'under_stitching', 'customers_with_two_types_never_written_together', 'customers', 'identifier_types'
        ) }}
    from type_meetings
    where sightings = 0

)

select * from under_stitching_figures
