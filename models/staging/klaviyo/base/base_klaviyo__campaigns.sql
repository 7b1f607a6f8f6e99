{{ config(enabled=is_connected('klaviyo')) }}

with

campaigns as (

    {{ vendor_rows('klaviyo', 'campaigns') }}

),

flows as (

    {{ vendor_rows('klaviyo', 'flows') }}

),

united as (

    select
        feed_file,
        feed_row,
        id,
        {{ listed_field('klaviyo', 'campaigns', 'campaign_id') }} as known_campaign_id,
        coalesce(name, {{ json_text('attributes', 'name') }}) as name,
        coalesce(
            lower(coalesce(status, {{ json_text('attributes', 'status') }})) in ('sent', 'sending'),
            sent_at is not null
        ) as has_begun,
        coalesce(sent_at, send_time, {{ json_text('attributes', 'send_time') }}) as started_at,
        replace(lower(coalesce(channel, {{ json_text('attributes', 'channel') }})), 'mobile_', '') as channel,
        {{ json_text('attributes', 'message') }} as message_id,
        {{ json_text('relationships', 'campaign-messages.data') }} as messages,
        {{ says_true('_fivetran_deleted') }} as is_deleted
    from campaigns

    union all

    -- a flow may write by any channel, and begins when it is made
    select
        feed_file,
        feed_row,
        id,
        {{ listed_field('klaviyo', 'flows', 'campaign_id') }} as known_campaign_id,
        coalesce(name, {{ json_text('attributes', 'name') }}) as name,
        coalesce(
            lower(coalesce(status, {{ json_text('attributes', 'status') }})) != 'draft', true
        ) as has_begun,
        coalesce(created, {{ json_text('attributes', 'created') }}) as started_at,
        cast(null as string) as channel,
        cast(null as string) as message_id,
        cast(null as string) as messages,
        {{ says_true('_fivetran_deleted') }} as is_deleted
    from flows

),

ranked as (

    select
        *,
        row_number() over (
            partition by id order by feed_file desc nulls last, feed_row desc nulls last
        ) as delivery_rank
    from united

)

select
    *,
    coalesce(known_campaign_id, 'klaviyo:' || id) as campaign_id
from ranked
