{{ config(enabled=is_connected('ga4')) }}

with

daily as (

    {{ vendor_rows('ga4', 'events') }}

),

intraday as (

    {{ vendor_rows('ga4', 'events_intraday') }}

),

days as (

    -- read a second time, for two columns: an engine would keep all of a query that is asked twice
    {{ vendor_rows('ga4', 'events') }}

),

finished_days as (

    select distinct event_date
    from days
    where not {{ is_of_running_day() }} and {{ ga4_has_intraday() }}

),

delivered as (

    select
        *,
        {{ is_of_running_day() }} as is_of_running_day
    from daily

    union all

    select
        *,
        true as is_of_running_day
    from intraday

),

identified as (

    select
        *,
        -- GA4 has no id of an event; where uploads are not numbered, its parameters tell it from its like
        {{ hashed(
            "concat_ws('|', stream_id, user_pseudo_id, event_name, event_timestamp, event_bundle_sequence_id, "
            ~ "batch_page_id, batch_ordering_id, batch_event_index, "
            ~ "case when batch_event_index is null then coalesce(event_params, '') || coalesce(items, '') end)"
        ) }} as event_id,
        lower(coalesce(platform, 'web')) = 'web' as is_of_browser,
        is_of_running_day and event_date in (select finished_days.event_date from finished_days)
            as is_superseded
    from delivered

),

events as (

    select
        *,
        case when is_of_browser then user_pseudo_id end as anonymous_id,
        case when not is_of_browser then user_pseudo_id end as device_id,
        {{ known_to_ga4('user_id') }} as user_ref,
        cast(
            try_cast(event_timestamp as bigint) + try_cast(event_server_timestamp_offset as bigint) as string
        ) as received_at,
        case when is_superseded then 'event_date' end as rejected_column,
        case when is_superseded then 'is a day whose finished table has come' end as rejected_reason
    from identified

)

select * from events
