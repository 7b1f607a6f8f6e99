with

written as (

    {{ truth_rows('identifiers', ['person', 'identifier_type', 'identifier_value'], ['is_shared']) }}

),

identity_truth as (

    select
        raw_person as person,
        raw_identifier_type as identifier_type,
        raw_identifier_value as identifier_value,
        -- several people go by it: it says of nobody who they are
        bool_or(coalesce(lower(raw_is_shared) in ('true', 't', '1', 'yes'), false)) as is_shared
    from written
    where
        raw_person is not null
        and raw_identifier_type is not null
        and raw_identifier_value is not null
    group by raw_person, raw_identifier_type, raw_identifier_value

)

select * from identity_truth
