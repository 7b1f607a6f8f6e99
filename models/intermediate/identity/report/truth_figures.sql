{# How right the customers are, where it is known who is who. A pair is two identifiers of one person (true)
   or of one customer (claimed); without a truth there are no figures. #}
with

spellings as (

    select distinct
        identifier_type,
        lower(written_value) as spelling,
        identifier_id
    from {{ ref('set_identifiers') }}
    where is_strong

),

identities as (

    select * from {{ ref('strong_identities') }}
    where {{ is_known_before('valid_from', '(select as_of from ' ~ ref('run_context') ~ ')') }}

),

known as (

    select
        truth.person,
        identities.customer_id,
        spellings.identifier_id

    from {{ ref('identity_truth') }} as truth

    inner join spellings
        on
            truth.identifier_type = spellings.identifier_type
            and lower(truth.identifier_value) = spellings.spelling

    inner join identities
        on spellings.identifier_id = identities.identifier_id

    group by truth.person, identities.customer_id, spellings.identifier_id
    having not bool_or(truth.is_shared)

),

people as (

    select
        person,
        count(*) as identifiers,
        count(distinct customer_id) as customers
    from known
    group by person

),

customers as (

    select
        customer_id,
        count(*) as identifiers,
        count(distinct person) as people
    from known
    group by customer_id

),

matches as (

    select
        person,
        customer_id,
        count(*) as identifiers
    from known
    group by person, customer_id

),

counted as (

    select
        (select sum(identifiers * (identifiers - 1) / 2) from people) as true_pairs,
        (select sum(identifiers * (identifiers - 1) / 2) from customers) as claimed_pairs,
        (select sum(identifiers * (identifiers - 1) / 2) from matches) as right_pairs,
        (select count(*) from known) as identifiers,
        (select count(*) from people) as people,
        (select sum(case when customers > 1 then 1 else 0 end) from people) as people_apart,
        (select sum(case when people > 1 then 1 else 0 end) from customers) as customers_of_several

),

truth_figures as (

    {% for measure, value in {
        'identifiers': 'identifiers',
        'people': 'people',
        'true_pairs': 'true_pairs',
        'claimed_pairs': 'claimed_pairs',
        'right_pairs': 'right_pairs',
        'precision': 'right_pairs / nullif(claimed_pairs, 0)',
        'recall': 'right_pairs / nullif(true_pairs, 0)',
        'f1': '2 * right_pairs / nullif(claimed_pairs + true_pairs, 0)',
        'people_of_several_customers': 'people_apart',
        'customers_of_several_people': 'customers_of_several',
    }.items() -%}
    select
        {{ figure('truth', measure, value) }}
    from counted
    where identifiers > 0
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from truth_figures
