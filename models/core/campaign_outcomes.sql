with

campaign_outcomes as (

    select * from {{ ref('stg_feeds__campaign_outcomes') }}

),

reference_customers as (

    select * from {{ ref('reference_customers') }}

),

of_customers as (

    select
        campaign_outcomes.campaign_id,
        reference_customers.customer_id,
        campaign_outcomes.outcome,
        campaign_outcomes.outcome_value,
        campaign_outcomes.occurred_at,
        {{ linked_known_at('campaign_outcomes.known_at') }} as known_at

    from campaign_outcomes

    left join reference_customers
        on {{ is_row_of_customer('campaign_outcomes', 'occurred_at') }}

)

select * from of_customers
