with

bearers as (

    select * from {{ ref('identifier_bearers') }}

),

nicknames as (

    select * from {{ ref('nicknames') }}

),

names_of_one_person as (

    select
        formal_name as one_name,
        nickname as other_name
    from nicknames
    union
    select
        nickname as one_name,
        formal_name as other_name
    from nicknames
    union
    select
        one.nickname as one_name,
        other.nickname as other_name
    from nicknames as one
    inner join nicknames as other on one.formal_name = other.formal_name

),

name_pairs as (

    -- an identifier of more than thirty contacts is refused for their number: comparing all takes forever
    select
        one.identifier_id,
        one.identifier_type,
        other.contact_rank,
        one.contact_rank as earlier_rank,
        names_of_one_person.one_name is null
        and {{ are_plainly_different('one', 'other') }} as is_contradiction
    from bearers as one

    inner join bearers as other
        on
            one.identifier_id = other.identifier_id
            and one.contact_rank < other.contact_rank

    left join names_of_one_person
        on
            split_part(one.first_name, ' ', 1) = names_of_one_person.one_name
            and split_part(other.first_name, ' ', 1) = names_of_one_person.other_name

    where other.contact_rank <= 30

),

contact_pairs as (

    -- a record has older names as well: two contradict when every name of one does every name of the other
    select
        identifier_id,
        identifier_type,
        contact_rank,
        earlier_rank,
        bool_and(is_contradiction) as is_contradiction
    from name_pairs
    group by identifier_id, identifier_type, contact_rank, earlier_rank

),

contacts_compared as (

    select
        identifier_id,
        identifier_type,
        contact_rank,
        bool_or(is_contradiction) as contradicts_one,
        bool_and(is_contradiction) as contradicts_all
    from contact_pairs
    group by identifier_id, identifier_type, contact_rank

),

contact_name_conflicts as (

    -- the first, and each that contradicts all before it: they contradict one another, and there may be more
    select
        identifier_id,
        identifier_type,
        greatest(2, 1 + count(*) filter (where contradicts_all)) as people
    from contacts_compared
    group by identifier_id, identifier_type
    having bool_or(contradicts_one)

)

select * from contact_name_conflicts
