-- Of the customers a campaign was meant for (not its control group), how many have an outcome of
-- more than 0 in it.
with

targeted as (

    select distinct
        campaign_id,
        customer

    from feed_campaign_assignments

    where not coalesce(is_control, regexp_matches(lower(arm), 'control|hold.?out'))

),

redeemed as (

    select distinct
        campaign_id,
        customer

    from feed_campaign_outcomes

    where value > 0

)

select
    case
        when (select count(*) from feed_campaign_outcomes) > 0
            then avg((redeemed.customer is not null)::int)
    end as redeemed_share

from targeted

left join redeemed
    on targeted.campaign_id = redeemed.campaign_id
    and targeted.customer = redeemed.customer
