-- Every customer is in exactly one segment, and the profiles count each of them once.
with

counted as (

    select
        (select count(*) from {{ ref('published_customers') }}) as customers,
        (select count(*) from {{ ref('customer_segments') }}) as assigned,
        (select coalesce(sum(customers), 0) from {{ ref('segment_profiles') }}) as profiled

)

select *
from counted
where customers != assigned or assigned != profiled
