{{ config(alias='identity_merges') }}

with

identity_merges as (

    select * from {{ ref('identity_merges') }}
    where {{ gate_is_open(ref('gate_scores')) }}

),

run_context as (

    select * from {{ ref('run_context') }}

),

published as (

    select
        identity_merges.merged_customer_id,
        identity_merges.into_customer_id,
        identity_merges.customer_id,
        identity_merges.merged_at,
        identity_merges.link_type,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from identity_merges

    cross join run_context

)

select * from published
order by merged_at, merged_customer_id
