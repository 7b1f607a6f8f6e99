-- one version of each customer, a second one of every tenth
with versions as (
    select
        customers.number,
        version,
        share(customers.number, 'changed') < 0.1 as is_changed,
        getvariable('starts_at') + to_seconds(2592000 * share(customers.number, 'seen')) as first_seen_at,
        getvariable('ends_at') - to_seconds(60000000 * share(customers.number, 'change')) as changed_at
    from range(getvariable('customers')) as customers(number), range(2) as versions(version)
    where version = 0 or share(customers.number, 'changed') < 0.1
)
select
    id_of('contact', number * 2 + version) as contact_version_id,
    id_of('customer', number) as customer_id,
    pick_of(number, 'city', ['Berlin', 'Paris', 'Utrecht', 'Vienna', 'Turin', null]) as city,
    pick_of(number, 'country', ['DE', 'FR', 'NL', 'AT', 'IT']) as country,
    pick_of(number, 'gender', ['f', 'm', null]) as gender,
    pick_of(number * 2 + version, 'stage', ['lead', 'customer', 'member', 'vip']) as lifecycle_stage,
    share(number * 2 + version, 'email consent') < 0.7 as email_consent,
    share(number * 2 + version, 'sms consent') < 0.3 as sms_consent,
    cast(1 + pick(number, 'household', 5, 1) as varchar) as attr_household_size,
    pick_of(number, 'interest', ['baking', 'tea', 'coffee', 'gifts']) as attr_interest,
    first_seen_at as created_at,
    case when version = 0 then first_seen_at else changed_at end as valid_from,
    case when version = 0 and is_changed then changed_at else timestamp '9999-12-31' end as valid_to
from versions
order by customer_id, valid_from
