-- Whoever has been found to be another is never named again, in any table with a customer_id.
-- depends_on: {{ ref('published_customer_features') }}
-- depends_on: {{ ref('customer_segments') }}
-- depends_on: {{ ref('customer_segment_history') }}
-- depends_on: {{ ref('segment_map') }}
-- depends_on: {{ ref('customer_propensities') }}
-- depends_on: {{ ref('published_customers') }}
-- depends_on: {{ ref('published_identity_merges') }}
-- depends_on: {{ ref('campaign_assignments') }}
-- depends_on: {{ ref('campaign_outcomes') }}
{% set relations = relations_of_customers(['core', 'features', 'scoring', 'marts']) %}
with

merged_away as (

    select merged_customer_id as customer_id from {{ ref('identity_merges') }}

),

named as (

    {% for relation in relations -%}
    select distinct
        '{{ relation.schema }}.{{ relation.identifier }}' as relation_name,
        customer_id
    from {{ relation }}
    {{ 'union all' if not loop.last }}
    {% else -%}
    select
        cast(null as string) as relation_name,
        cast(null as string) as customer_id
    {% endfor %}
)

select
    named.relation_name,
    count(*) as customers

from named

inner join merged_away
    on named.customer_id = merged_away.customer_id

group by named.relation_name
