{{ config(enabled=is_connected('mailchimp')) }}

with

campaigns as (

    select * from {{ ref('base_mailchimp__campaigns') }}

),

sent as (

    select
        feed_file,
        feed_row,
        campaign_id,
        coalesce(title, subject_line, id) as name,
        started_at,
        'email' as channel,
        case when is_deleted then '_fivetran_deleted' end as rejected_column,
        case when is_deleted then 'is true: deleted in Mailchimp' end as rejected_reason
    from campaigns
    where
        known_campaign_id is null
        and started_at is not null

)

select * from sent
