-- A hold-out by a hash gives each segment its share up to chance. Five standard deviations and one customer
-- off is no chance (one segment in two million): then the hash has something to do with the segments.
{% set share = validated_share_var('holdout_share') %}
with

counted as (

    select
        segment_id,
        customers,
        holdout_customers,
        customers * {{ share }} as expected,
        sqrt(customers * {{ share }} * (1 - {{ share }})) as deviation
    from {{ ref('segment_profiles') }}

)

select *
from counted
where abs(holdout_customers - expected) > 5 * deviation + 1
