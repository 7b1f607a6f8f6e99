{{ config(enabled=is_connected('salesforce')) }}

with

responses as (

    -- a member who is delivered again has not responded again; the newest row knows whether they have
    select * from {{ ref('base_salesforce__campaign_members') }}
    where is_newest and has_responded

),

renamed as (

    select
        feed_file,
        feed_row,
        campaign_id,
        contact_id,
        'responded' as outcome,
        '1' as value,
        {{ utc_text('coalesce(first_responded_date, last_modified_date, created_date)') }} as occurred_at,
        -- a day without an hour is known when it is over
        coalesce(
            {{ utc_text('last_modified_date') }},
            {{ instant_text(try_timestamp('first_responded_date') ~ " + interval '1' day") }},
            {{ utc_text('created_date') }}
        ) as recorded_at,
        rejected_column,
        rejected_reason
    from responses

)

select * from renamed
