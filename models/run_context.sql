with

orders as (

    select * from {{ ref('stg_feeds__orders') }}

),

reporting_currency as (

    select * from {{ ref('reporting_currency') }}

),

newest as (

    -- the first whole second after the newest order, so that the newest order itself is known; an old order
    -- that was written down late says nothing of what was ordered meanwhile, so horizons close by ordered_at
    select
        date_trunc('second', max(known_at)) + interval '1' second as known_until,
        date_trunc('second', max(ordered_at)) + interval '1' second as observed_until
    from orders

),

context as (

    select
        '{{ invocation_id }}' as run_id,
        {{ build_started_at() }} as run_started_at,
        {% if validated_as_of() -%}
        {{ validated_as_of() }} as as_of,
        {% else -%}
        coalesce(newest.known_until, {{ build_started_at() }}) as as_of,
        {% endif -%}
        '{{ sql_literal_text(feeds_folder()) }}' as feeds_folder,
        '{{ sql_literal_text(releases_folder()) }}' as releases_folder,
        {{ validated_bool_var('accept_volumes') }} as accepts_volumes,
        cast({{ validated_int_var('seed', 0, 2147483647) }} as bigint) as seed,
        reporting_currency.currency as reporting_currency,
        coalesce(newest.observed_until, {{ build_started_at() }}) as newest_at
    from newest
    cross join reporting_currency

)

select
    run_id,
    run_started_at,
    as_of,
    -- what the data can vouch for: a horizon that ends later has not closed
    least(as_of, newest_at) as observed_until,
    feeds_folder,
    releases_folder,
    accepts_volumes,
    seed,
    reporting_currency
from context
