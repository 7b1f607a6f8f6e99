{# Whether two columns hold the ids of one account system is judged by arithmetic: long numbers, drawn from a
   wide range, hardly ever meet by chance, while two systems that both count from 1 meet all the time. #}
with

accounts as (

    select distinct
        identifier_id,
        identifier_type,
        identifier_value,
        {{ leading_letters('identifier_value') }} as prefix,
        try_cast({{ trailing_digits('identifier_value') }} as double) as number
    from {{ ref('set_identifiers') }}
    where
        identifier_type in ('contact_id', 'customer_ref', 'user_ref')
        and {{ is_known_before('known_at', '(select as_of from ' ~ ref('run_context') ~ ')') }}

),

first_known as (

    select * from {{ ref('identifiers') }}

),

ranges as (

    select
        identifier_type,
        prefix,
        count(*) as ids,
        min(number) as smallest,
        max(number) as largest
    from accounts
    group by identifier_type, prefix

),

equal_ids as (

    select
        one.identifier_id as identifier_id_one,
        other.identifier_id as identifier_id_other,
        one.identifier_type as type_one,
        other.identifier_type as type_other,
        one.prefix,
        one.identifier_value

    from accounts as one

    inner join accounts as other
        on
            one.identifier_value = other.identifier_value
            and one.identifier_type < other.identifier_type

),

judged as (

    select
        equal_ids.type_one,
        equal_ids.type_other,
        equal_ids.prefix,
        count(*) as equal_count,
        -- how many would be equal if both systems drew their ids from the range by lot
        max(ranges_one.ids * ranges_other.ids) / nullif(
            max(greatest(ranges_one.largest, ranges_other.largest)
                - least(ranges_one.smallest, ranges_other.smallest) + 1), 0
        ) as equal_by_chance

    from equal_ids

    inner join ranges as ranges_one
        on
            equal_ids.type_one = ranges_one.identifier_type
            and equal_ids.prefix = ranges_one.prefix

    inner join ranges as ranges_other
        on
            equal_ids.type_other = ranges_other.identifier_type
            and equal_ids.prefix = ranges_other.prefix

    group by equal_ids.type_one, equal_ids.type_other, equal_ids.prefix

),

same_account_ids as (

    select
        least(equal_ids.identifier_id_one, equal_ids.identifier_id_other) as identifier_id_a,
        greatest(equal_ids.identifier_id_one, equal_ids.identifier_id_other) as identifier_id_b,
        greatest(known_one.first_known_at, known_other.first_known_at) as known_at

    from equal_ids

    inner join judged
        on
            equal_ids.type_one = judged.type_one
            and equal_ids.type_other = judged.type_other
            and equal_ids.prefix = judged.prefix

    inner join first_known as known_one
        on equal_ids.identifier_id_one = known_one.identifier_id

    inner join first_known as known_other
        on equal_ids.identifier_id_other = known_other.identifier_id

    where
        -- an id of 16 characters and more is drawn from so many that equal ones are one
        length(equal_ids.identifier_value) >= 16
        or (judged.equal_count >= 3 and judged.equal_count > 10 * judged.equal_by_chance)

)

select * from same_account_ids
