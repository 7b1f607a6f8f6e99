-- depends_on: {{ ref("base_feeds__contacts") }}
{# Products and campaigns are undated: a new name counts for every snapshot. #}
with

snapshot_dates as (

    select * from {{ ref('snapshot_dates') }}

),

fact_fingerprints as (

    -- the newest snapshot is computed in every build; those before it are month starts
    select * from {{ ref('fact_fingerprints') }}

),

undated as (

    select
        {% for name in undated_tables() -%}
        (select {{ rows_hash(adapter.get_columns_in_relation(ref(name)) | map(attribute='name') | list if execute else ['1']) }} from {{ ref(name) }})
            {{- " || ' ' || " if not loop.last }}
        {% endfor -%} as fingerprint

),

known_facts as (

    select
        snapshot_dates.snapshot_at,
        snapshot_dates.is_newest,
        {{ joined_text("fact_fingerprints.fact_table || ' ' || cast(fact_fingerprints.known_month_at as string) || ' ' || fact_fingerprints.fingerprint") }}
            as fingerprints

    from snapshot_dates

    left join fact_fingerprints
        on {{ is_known_before('fact_fingerprints.known_month_at', 'snapshot_dates.snapshot_at') }}

    group by snapshot_dates.snapshot_at, snapshot_dates.is_newest

),

snapshot_fingerprints as (

    select
        known_facts.snapshot_at,
        known_facts.is_newest,
        '{{ definitions_hash() }}' as definitions_hash,
        {{ hashed("'" ~ definitions_hash() ~ "' || coalesce(known_facts.fingerprints, '') || coalesce(undated.fingerprint, '')") }}
            as fingerprint

    from known_facts

    cross join undated

)

select * from snapshot_fingerprints
order by snapshot_at
