with

campaign_assignments as (

    select * from {{ ref('stg_feeds__campaign_assignments') }}

),

reference_customers as (

    select * from {{ ref('reference_customers') }}

),

of_customers as (

    select
        campaign_assignments.campaign_assignment_id,
        campaign_assignments.campaign_id,
        reference_customers.customer_id,
        campaign_assignments.arm,
        campaign_assignments.is_control,
        campaign_assignments.assigned_at,
        {{ linked_known_at('campaign_assignments.known_at') }} as known_at

    from campaign_assignments

    left join reference_customers
        on {{ is_row_of_customer('campaign_assignments', 'assigned_at') }}

)

select * from of_customers
