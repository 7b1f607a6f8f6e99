with

rule_segments as (

    select * from {{ ref('stg_feeds__rule_segments') }}

),

reference_customers as (

    select * from {{ ref('reference_customers') }}

),

of_customers as (

    select
        rule_segments.rule_segment_id,
        reference_customers.customer_id,
        rule_segments.segment_name,
        rule_segments.valid_from,
        -- an end before its beginning makes an empty interval, not a negative one
        greatest(
            coalesce(rule_segments.valid_to, timestamp '9999-12-31'), rule_segments.valid_from
        ) as valid_to,
        {{ linked_known_at('rule_segments.known_at') }} as known_at

    from rule_segments

    left join reference_customers
        on {{ is_row_of_customer('rule_segments', 'valid_from') }}

)

select * from of_customers
