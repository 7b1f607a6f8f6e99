{{ config(enabled=is_connected('salesforce')) }}

with

campaign_members as (

    select * from {{ ref('base_salesforce__campaign_members') }}

),

renamed as (

    select
        feed_file,
        feed_row,
        campaign_id,
        contact_id,
        arm,
        is_control,
        {{ utc_text('created_date') }} as assigned_at,
        -- not when the row was changed: a response changes it, and who responds must not seem assigned later
        {{ utc_text('created_date') }} as recorded_at,
        rejected_column,
        rejected_reason
    from campaign_members

)

select * from renamed
