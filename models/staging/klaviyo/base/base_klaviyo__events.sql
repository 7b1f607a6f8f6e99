{{ config(enabled=is_connected('klaviyo')) }}

with

source as (

    {{ vendor_rows('klaviyo', 'events') }}

),

metrics as (

    {{ vendor_rows('klaviyo', 'metrics') }}

),

metric_names as (

    select
        id,
        max(coalesce(name, {{ json_text('attributes', 'name') }})) as name
    from metrics
    group by id

),

properties as (

    select
        *,
        coalesce(event_properties, {{ json_text('attributes', 'event_properties') }}) as said,
        coalesce(metric_id, {{ json_text('relationships', 'metric.data.id') }}) as metric
    from source

),

events as (

    select
        properties.feed_file,
        properties.feed_row,
        properties.id,
        lower(coalesce(
            metric_names.name,
            properties.event_name,
            {{ json_text('properties.relationships', 'metric.data.attributes.name') }},
            {{ json_text('properties.relationships', 'metric.data.name') }},
            nullif(properties.type, 'event')
        )) as metric_name,
        coalesce(
            properties.person_id,
            {{ json_text('properties.relationships', 'profile.data.id') }},
            {{ json_text('properties.person', 'id') }}
        ) as profile_id,
        coalesce(
            properties.timestamp,
            properties.datetime,
            {{ json_text('properties.attributes', 'datetime') }},
            {{ json_text('properties.attributes', 'timestamp') }}
        ) as occurred_at,
        {{ listed_field(
            'klaviyo', 'events', 'recorded_at', 'properties.datetime', 'properties'
        ) }} as recorded_at,
        coalesce(
            properties.flow_id,
            {{ json_text('properties.said', '$flow') }},
            properties.campaign_id,
            {{ json_text('properties.said', '$message') }}
        ) as campaign_key,
        coalesce(
            properties.property_cohort_message_send_cohort,
            {{ json_text('properties.said', '$_cohort$message_send_cohort') }}
        ) as send_cohort,
        coalesce(
            properties.property_recipient_email_address,
            {{ json_text('properties.said', 'Recipient Email Address') }},
            {{ json_text('properties.person', 'email') }}
        ) as email,
        coalesce(properties.property_to_number, {{ json_text('properties.said', 'To Number') }}) as phone,
        coalesce(
            properties.property_machine_open, {{ json_text('properties.said', 'machine_open') }}
        ) as machine_open,
        coalesce(
            properties.property_apple_privacy_open, {{ json_text('properties.said', 'Apple Privacy Open') }}
        ) as apple_privacy_open,
        coalesce(properties.property_bot_click, {{ json_text('properties.said', 'Bot Click') }}) as bot_click,
        {{ says_true('properties._fivetran_deleted') }} as is_deleted

    from properties

    left join metric_names
        on properties.metric = metric_names.id

)

select
    *,
    {{ says_true('machine_open') }}
    or {{ says_true('apple_privacy_open') }}
    or {{ says_true('bot_click') }} as is_by_machine
from events
