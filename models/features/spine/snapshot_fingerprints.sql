with

snapshot_dates as (

    select * from {{ ref('snapshot_dates') }}

),

fact_fingerprints as (

    -- a past snapshot starts a month, so whole months are known before it; the newest is computed anyway
    select
        known_month_at,
        fact_table || ' ' || cast(known_month_at as string) || ' ' || fingerprint as fingerprint
    from {{ ref('fact_fingerprints') }}

),

undated as (

    -- names of things have no date: a new one counts for every snapshot
    {% for name in undated_tables() -%}
    select {{ rows_hash(columns_of(name)) }} as fingerprint
    from {{ ref(name) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

known_facts as (

    select
        snapshot_dates.snapshot_at,
        snapshot_dates.is_newest,
        {{ joined_text('fact_fingerprints.fingerprint') }} as fingerprints

    from snapshot_dates

    left join fact_fingerprints
        on snapshot_dates.snapshot_at > fact_fingerprints.known_month_at

    group by snapshot_dates.snapshot_at, snapshot_dates.is_newest

),

snapshot_fingerprints as (

    select
        snapshot_at,
        is_newest,
        {{ hashed(
            "coalesce(fingerprints, '') || (select " ~ joined_text('fingerprint') ~ " from undated)"
        ) }} as fingerprint
    from known_facts

)

select * from snapshot_fingerprints
order by snapshot_at
