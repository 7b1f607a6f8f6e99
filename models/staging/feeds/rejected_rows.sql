-- depends_on: {{ ref('base_feeds__orders') }}
-- depends_on: {{ ref('base_feeds__order_lines') }}
-- depends_on: {{ ref('base_feeds__products') }}
-- depends_on: {{ ref('base_feeds__web_events') }}
-- depends_on: {{ ref('base_feeds__contacts') }}
-- depends_on: {{ ref('base_feeds__messages') }}
-- depends_on: {{ ref('base_feeds__tickets') }}
-- depends_on: {{ ref('base_feeds__feedback') }}
-- depends_on: {{ ref('base_feeds__campaigns') }}
-- depends_on: {{ ref('base_feeds__campaign_assignments') }}
-- depends_on: {{ ref('base_feeds__campaign_outcomes') }}
-- depends_on: {{ ref('base_feeds__costs') }}
-- depends_on: {{ ref('base_feeds__rule_segments') }}

with

misshapen as (

    select * from {{ ref('misshapen_vendor_rows') }}

),

rejected as (

    {% for feed in all_feeds() -%}
    select
        '{{ feed }}' as feed,
        feed_file,
        feed_row,
        rejected_column,
        rejected_value,
        rejected_reason
    from {{ ref('base_feeds__' ~ feed) }}
    where rejected_reason is not null
    union all
    {% endfor -%}
    select
        connector || '.' || table_name as feed,
        feed_file,
        feed_row,
        'line' as rejected_column,
        cast(null as string) as rejected_value,
        misshapen_reason as rejected_reason
    from misshapen
)

select * from rejected
order by feed, feed_file, feed_row
