{{ config(enabled=is_connected('salesforce')) }}

{%- set first_day = 'coalesce(start_date, created_date)' %}
{%- set started_at = listed_field('salesforce', 'campaign', 'started_at', first_day) %}

with

campaigns as (

    {{ vendor_rows('salesforce', 'campaign') }}

),

renamed as (

    select
        feed_file,
        feed_row,
        {{ salesforce_id('id') }} as campaign_id,
        name,
        {{ listed_field('salesforce', 'campaign', 'channel', 'lower(type)') }} as channel,
        {{ utc_text(started_at) }} as started_at,
        {{ utc_text(listed_field('salesforce', 'campaign', 'ended_at', 'end_date')) }} as ended_at,
        {{ listed_field('salesforce', 'campaign', 'cost_amount', 'actual_cost') }} as cost_amount,
        {{ listed_field('salesforce', 'campaign', 'objective') }} as objective,
        {{ utc_text('coalesce(last_modified_date, created_date)') }} as recorded_at,
        {{ salesforce_deletion(is_gone_from_salesforce()) }}
    from campaigns

)

select * from renamed
