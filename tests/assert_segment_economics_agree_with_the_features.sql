-- One segment, one name and one revenue: the sum of its members' features is the sum of its members' orders.
with

features as (

    select
        segments.segment_id,
        segments.segment_name,
        count(*) as customers,
        sum(features.orders_amount_sum_365d) as revenue

    from {{ ref('customer_segments') }} as segments

    inner join {{ ref('published_customer_features') }} as features
        on segments.customer_id = features.customer_id

    group by segments.segment_id, segments.segment_name

)

select
    features.segment_id,
    features.revenue as revenue_of_features,
    economics.segment_id as segment_id_of_economics,
    economics.revenue as revenue_of_economics
from features

full outer join {{ ref('segment_economics') }} as economics
    on features.segment_id = economics.segment_id

where
    economics.run_id is null
    -- what belongs to nobody has economics and no members
    or economics.segment_id is not null
    and (
        features.segment_name is distinct from economics.segment_name
        or features.customers is distinct from economics.customers
        or features.revenue is distinct from economics.revenue
    )
