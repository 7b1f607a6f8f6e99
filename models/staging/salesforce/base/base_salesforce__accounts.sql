{{ config(enabled=is_connected('salesforce')) }}

with

identified as (

    select
        *,
        {{ salesforce_id('id') }} as record_id
    from ({{ vendor_rows('salesforce', 'account') }}) as accounts

),

{{ salesforce_records() }},

accounts as (

    select
        record_id as account_key,
        billing_street as street,
        billing_postal_code as postcode,
        billing_city as city,
        coalesce(billing_country_code, billing_country) as country,
        coalesce(billing_street, billing_postal_code, billing_city) is not null as has_address,
        {{ salesforce_account_attributes() }}
        modified_at
    from records
    where newest_rank = 1 and not is_record_gone

)

select * from accounts
