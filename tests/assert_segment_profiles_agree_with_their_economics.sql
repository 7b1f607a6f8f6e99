-- One segment, one name and one revenue: the sum of its members' features is the sum of its members' orders.
select
    segment_profiles.segment_id as of_the_profiles,
    segment_economics.segment_id as of_the_economics,
    segment_profiles.revenue as profiled_revenue,
    segment_economics.revenue as summed_revenue
from {{ ref('segment_profiles') }} as segment_profiles

full outer join {{ ref('segment_economics') }} as segment_economics
    on segment_profiles.segment_id = segment_economics.segment_id

where
    segment_economics.run_id is null
    -- what belongs to nobody has economics and no profile
    or segment_economics.segment_id is not null
    and (
        segment_profiles.segment_name is distinct from segment_economics.segment_name
        or segment_profiles.customers is distinct from segment_economics.customers
        or segment_profiles.revenue is distinct from segment_economics.revenue
        or segment_profiles.churn_rate is distinct from segment_economics.churn_rate
        or segment_profiles.cost_to_serve is distinct from segment_economics.cost_to_serve
    )
