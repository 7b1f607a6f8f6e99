-- depends_on: {{ ref('connector_tables') }}
-- depends_on: {{ ref('rejected_rows') }}
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
-- depends_on: {{ ref('stg_feeds__orders') }}
-- depends_on: {{ ref('stg_feeds__order_lines') }}
-- depends_on: {{ ref('stg_feeds__products') }}
-- depends_on: {{ ref('stg_feeds__web_events') }}
-- depends_on: {{ ref('stg_feeds__contacts') }}
-- depends_on: {{ ref('stg_feeds__messages') }}
-- depends_on: {{ ref('stg_feeds__tickets') }}
-- depends_on: {{ ref('stg_feeds__feedback') }}
-- depends_on: {{ ref('stg_feeds__campaigns') }}
-- depends_on: {{ ref('stg_feeds__campaign_assignments') }}
-- depends_on: {{ ref('stg_feeds__campaign_outcomes') }}
-- depends_on: {{ ref('stg_feeds__costs') }}
-- depends_on: {{ ref('stg_feeds__rule_segments') }}

-- each figure is counted where it arises, so that their sum can fail to come out

with

counted as (

    {% for feed in all_feeds() -%}
    select
        '{{ feed }}' as feed,
        cast({{ delivered_rows(feed) }} as bigint) as rows_in,
        (select count(*) from {{ ref('stg_feeds__' ~ feed) }}) as rows_kept,
        ({{ replaced_rows(feed) }}) as rows_duplicate,
        ({{ repeated_rows(feed) }}) as rows_repeated,
        (
            select count(*) from {{ ref('rejected_rows') }}
            where feed = '{{ feed }}'
        ) as rows_rejected,
        (
            select count(*) from {{ ref('rejected_rows') }}
            where feed = '{{ feed }}' and {{ is_taken_back_by_vendor(feed) }}
        ) as rows_taken_back
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from counted
