with

identifier_pairs as (

    select * from {{ ref('identifier_pairs') }}

),

identity_limits as (

    select * from {{ ref('identity_limits') }}
    where identifier_type != 'person'

),

set_identifiers as (

    select * from {{ ref('set_identifiers') }}

),

meetings as (

    select
        identifier_id_a as identifier_id,
        identifier_type_a as identifier_type,
        identifier_type_b as met_type,
        known_at
    from identifier_pairs

    union all

    select
        identifier_id_b as identifier_id,
        identifier_type_b as identifier_type,
        identifier_type_a as met_type,
        known_at
    from identifier_pairs

),

limited_meetings as (

    select
        meetings.identifier_id,
        meetings.identifier_type,
        meetings.met_type,
        meetings.known_at,
        identity_limits.most,
        row_number() over (
            partition by meetings.identifier_id, meetings.met_type order by meetings.known_at asc nulls last
        ) as meeting_number

    from meetings

    inner join identity_limits
        on
            meetings.identifier_type = identity_limits.identifier_type
            and meetings.met_type = identity_limits.meets_type

),

met_too_many as (

    select
        identifier_id,
        identifier_type,
        met_type,
        count(*) as met_count,
        most,
        'meets more than ' || cast(most as string) || ' ' || met_type as reason,
        min(known_at) filter (where meeting_number > most) as known_at
    from limited_meetings
    group by identifier_id, identifier_type, met_type, most
    having count(*) > most

),

nobodys as (

    select
        identifier_id,
        identifier_type,
        cast(null as string) as met_type,
        cast(null as bigint) as met_count,
        cast(null as bigint) as most,
        case when bool_or(is_placeholder) then 'a placeholder' else 'the address of a role' end as reason,
        min(known_at) as known_at
    from set_identifiers
    where is_role or is_placeholder
    group by identifier_id, identifier_type

),

contradicted as (

    select
        conflicts.identifier_id,
        conflicts.identifier_type,
        'contact_id' as met_type,
        conflicts.people as met_count,
        cast(1 as bigint) as most,
        'shared by contacts whose names contradict' as reason,
        min(set_identifiers.known_at) as known_at

    from {{ ref('contact_name_conflicts') }} as conflicts

    inner join set_identifiers
        on conflicts.identifier_id = set_identifiers.identifier_id

    group by conflicts.identifier_id, conflicts.identifier_type, conflicts.people

)

select * from met_too_many
union all
select * from nobodys
union all
select * from contradicted
