{{ config(enabled=is_connected('shopify')) }}
with

checkout_rows as (

    {{ vendor_rows('shopify', 'abandoned_checkouts') }}

),

contacts as (

    select distinct contact_id from {{ ref('stg_shopify__contacts') }}
    where rejected_reason is null

),

checkouts as (

    select
        *,
        {{ shopify_id('coalesce(customer_id, ' ~ json_text('customer', 'id') ~ ')') }} as customer_ref,
        {{ says_true('_fivetran_deleted') }} as is_deleted
    from checkout_rows

),

renamed as (

    select
        -- where it comes from
        checkouts.feed_file,
        checkouts.feed_row,

        -- ids
        'shopify:' || {{ shopify_id('checkouts.id') }} as event_id,
        checkouts.customer_ref,
        contacts.contact_id,
        checkouts.email,
        checkouts.phone,

        -- words
        'checkout_started' as event_name,
        checkouts.referring_site as referrer,

        -- times
        checkouts.created_at as occurred_at,

        -- what must not count
        case when checkouts.is_deleted then '_fivetran_deleted' end as rejected_column,
        case when checkouts.is_deleted then 'is true: deleted in Shopify' end as rejected_reason

    from checkouts

    left join contacts
        on checkouts.customer_ref = contacts.contact_id

)

select * from renamed
