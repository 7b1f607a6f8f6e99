with

replayed_scores as (

    select * from {{ ref('replayed_scores') }}

),

by_customer as (

    -- the rows of one customer resemble each other: they are one piece of evidence, not several
    select
        target,
        model_id,
        segment_id,
        segment_name,
        customer_id,
        count(*) as evaluated_rows,
        {{ exact_sum('probability') }} as promised,
        sum(case when label then 1.0 else 0.0 end) as realised,
        {{ exact_sum('power(probability - case when label then 1.0 else 0.0 end, 2)') }} as squared_error
    from replayed_scores
    where segment_id is not null
    group by target, model_id, segment_id, segment_name, customer_id

),

by_segment as (

    select
        target,
        model_id,
        segment_id,
        max(segment_name) as segment_name,
        count(*) as customers,
        cast(sum(evaluated_rows) as bigint) as evaluated_rows,
        {{ exact_sum('promised') }} / sum(evaluated_rows) as promised_rate,
        sum(realised) / sum(evaluated_rows) as realised_rate,
        {{ exact_sum('squared_error') }} / sum(evaluated_rows) as brier_score,
        {{ exact_sum('realised - promised') }} / sum(evaluated_rows) as gap,
        {{ exact_sum('(realised - promised) * (realised - promised)') }} as squared_gaps,
        {{ exact_sum('(realised - promised) * evaluated_rows') }} as weighted_gaps,
        sum(evaluated_rows * evaluated_rows) as squared_rows
    from by_customer
    group by target, model_id, segment_id

),

with_interval as (

    -- of a ratio of sums over customers, by linearisation (Cochran 1977, 6.4); rounding may fall below zero
    select
        *,
        1.96 * sqrt(greatest(squared_gaps - 2 * gap * weighted_gaps + gap * gap * squared_rows, 0))
        / nullif(evaluated_rows, 0) as half_width,
        customers < {{ fewest_to_quote() }} as is_small
    from by_segment

),

segment_calibrations as (

    select
        target,
        model_id,
        segment_id,
        segment_name,
        customers,
        evaluated_rows,
        is_small,
        case when not is_small then promised_rate end as promised_rate,
        case when not is_small then realised_rate end as realised_rate,
        case when not is_small then gap end as gap,
        case when not is_small then gap - half_width end as gap_low,
        case when not is_small then gap + half_width end as gap_high,
        case when not is_small then brier_score end as brier_score,
        -- that of telling everybody in the segment its own rate, which only hindsight knows
        case when not is_small then realised_rate * (1 - realised_rate) end as baseline_brier_score
    from with_interval

)

select * from segment_calibrations
