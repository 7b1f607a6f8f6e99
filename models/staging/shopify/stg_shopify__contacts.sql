{{ config(enabled=is_connected('shopify')) }}
{# A customer of whom Shopify knows an id alone is no contact. #}
with

customer_rows as (

    {{ vendor_rows('shopify', 'customers') }}

),

address_rows as (

    {{ vendor_rows('shopify', 'customer_addresses') }}

),

customers as (

    select
        *,
        {{ shopify_id('id') }} as contact_id,
        lower(coalesce(
            email_marketing_consent_state, {{ json_text('email_marketing_consent', 'state') }}
        )) as email_state,
        lower(coalesce(
            sms_marketing_consent_state, {{ json_text('sms_marketing_consent', 'state') }}
        )) as sms_state,
        {{ json_text('default_address', 'address1') }} as nested_street,
        {{ json_text('default_address', 'zip') }} as nested_postcode,
        {{ json_text('default_address', 'city') }} as nested_city,
        {{ json_text('default_address', 'country_code') }} as nested_country,
        {{ says_true('_fivetran_deleted') }} as is_deleted
    from customer_rows

),

addresses as (

    select
        {{ shopify_id('customer_id') }} as contact_id,
        address1,
        zip,
        city,
        country_code,
        row_number() over (
            partition by {{ shopify_id('customer_id') }}
            order by {{ says_true('is_default') }} desc, feed_file desc nulls last, feed_row desc nulls last
        ) as address_rank
    from address_rows

),

renamed as (

    select
        -- where it comes from
        customers.feed_file,
        customers.feed_row,

        -- ids
        customers.contact_id,
        customers.email,
        customers.phone,

        -- words
        customers.first_name,
        customers.last_name,
        coalesce(customers.default_address_address1, customers.nested_street, addresses.address1) as street,
        coalesce(customers.default_address_zip, customers.nested_postcode, addresses.zip) as postcode,
        coalesce(customers.default_address_city, customers.nested_city, addresses.city) as city,
        coalesce(
            customers.default_address_country_code, customers.nested_country, addresses.country_code
        ) as country,
        {{ listed_field('shopify', 'customers', 'birth_date', relation='customers') }} as birth_date,
        {{ listed_field('shopify', 'customers', 'gender', relation='customers') }} as gender,
        {{ listed_field('shopify', 'customers', 'lifecycle_stage', relation='customers') }}
            as lifecycle_stage,
        {{ listed_attributes('shopify', 'customers', 'customers') }}

        -- consent: only who said yes is subscribed
        coalesce(
            cast(customers.email_state = 'subscribed' as string), customers.accepts_marketing
        ) as email_consent,
        coalesce(
            cast(customers.sms_state = 'subscribed' as string), customers.accepts_sms_marketing
        ) as sms_consent,

        -- times
        customers.created_at,
        customers.updated_at,

        -- what must not count
        case when customers.is_deleted then '_fivetran_deleted' end as rejected_column,
        case when customers.is_deleted then 'is true: deleted in Shopify' end as rejected_reason

    from customers

    left join addresses
        on
            customers.contact_id = addresses.contact_id
            and addresses.address_rank = 1

    where
        coalesce(customers.email, customers.phone, customers.first_name, customers.last_name) is not null

)

select * from renamed
