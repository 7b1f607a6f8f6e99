{% set predicts_churn = 'churn_30d' in prediction_target_vars() | map(attribute='name') | list %}
with

run_context as (

    select * from {{ ref('run_context') }}

),

months as (

    select snapshot_at as started_at from {{ ref('snapshot_dates') }}
    where not is_newest

),

history as (

    -- it also holds the days of earlier builds, which begin no month
    select * from {{ ref('customer_segment_history') }}
    where snapshot_at in (select started_at from months)

),

labels as (

    select * from {{ ref('customer_labels') }}

),

customer_months as (

    select * from {{ ref('customer_months') }}

),

members as (

    select
        history.customer_id,
        history.segment_id,
        history.segment_name,
        history.snapshot_at as month_started_at,
        {{ 'labels.label_churn_30d' if predicts_churn else 'cast(null as boolean)' }} as has_churned

    from history

    left join labels
        on
            history.customer_id = labels.customer_id
            and history.snapshot_at = labels.snapshot_at

),

summed as (

    -- who was in no segment when the month began bought as well: nothing is left out of the sums
    select
        members.segment_id,
        members.segment_name,
        coalesce(members.month_started_at, customer_months.month_started_at) as month_started_at,
        count(members.customer_id) as customers,
        coalesce(sum(customer_months.orders), 0) as orders,
        coalesce(sum(customer_months.revenue), 0) as revenue,
        coalesce(sum(customer_months.returned), 0) as returned,
        count(members.has_churned) as asked_customers,
        count(*) filter (where members.has_churned) as churned_customers

    from members

    full outer join customer_months
        on
            members.customer_id = customer_months.customer_id
            and members.month_started_at = customer_months.month_started_at

    group by
        members.segment_id,
        members.segment_name,
        coalesce(members.month_started_at, customer_months.month_started_at)

),

segment_months as (

    select
        summed.segment_id,
        summed.segment_name,
        cast(summed.month_started_at as date) as month_start_date,
        summed.month_started_at + interval '1' month <= run_context.as_of as is_complete,
        cast(summed.customers as bigint) as customers,
        cast(summed.orders as bigint) as orders,
        cast(summed.revenue as decimal(18, 2)) as revenue,
        cast(summed.returned as decimal(18, 2)) as returns,
        -- NULL until it is known of anybody, so that a month without an answer is no month without churn
        cast(nullif(summed.asked_customers, 0) as bigint) as asked_customers,
        cast(case when summed.asked_customers > 0 then summed.churned_customers end as bigint)
            as churned_customers,
        cast(summed.churned_customers as double) / nullif(summed.asked_customers, 0) as churn_rate,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from summed

    cross join run_context

)

select * from segment_months
order by month_start_date asc nulls last, segment_id asc nulls last
