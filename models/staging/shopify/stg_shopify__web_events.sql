{{ config(enabled=is_connected('shopify')) }}
with

checkout_rows as (

    {{ vendor_rows('shopify', 'abandoned_checkouts') }}

),

renamed as (

    select
        -- where it comes from
        feed_file,
        feed_row,

        -- ids
        'shopify:' || {{ shopify_id('id') }} as event_id,
        {{ shopify_id('coalesce(customer_id, ' ~ json_text('customer', 'id') ~ ')') }} as customer_ref,
        email,
        phone,

        -- words
        'checkout_started' as event_name,
        referring_site as referrer,

        -- times
        created_at as occurred_at,

        -- what must not count
        case when {{ is_flagged('_fivetran_deleted') }} then '_fivetran_deleted' end as rejected_column,
        case
            when {{ is_flagged('_fivetran_deleted') }} then 'is true: deleted in Shopify'
        end as rejected_reason
    from checkout_rows

)

select * from renamed
