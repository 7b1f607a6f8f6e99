-- depends_on: {{ ref('base_feeds__contacts') }}

with

contacts as (

    select * from {{ ref('stg_feeds__contacts') }}

),

reference_customers as (

    select * from {{ ref('reference_customers') }}

),

versions as (

    select
        contacts.*,
        reference_customers.customer_id,
        -- an undated version was always valid, as far as anybody can tell
        coalesce(contacts.updated_at, timestamp '1970-01-01') as written_at,
        {{ linked_known_at("coalesce(contacts.known_at, timestamp '1970-01-01')") }} as valid_from

    from contacts

    left join reference_customers
        on {{ is_row_of_customer('contacts', 'updated_at') }}

),

compared as (

    select
        *,
        max(written_at) over (
            partition by customer_id order by valid_from asc nulls last
            range between unbounded preceding and current row
        ) as newest_written_at,
        -- two records of one person may be written in one moment
        row_number() over (
            partition by customer_id, valid_from
            order by written_at desc nulls last, reference_set_id asc nulls last
        ) as version_rank
    from versions

),

versions_once_current as (

    -- a version that came to be known together with a newer one, or after it, was at no time the known state
    select * from compared
    where written_at = newest_written_at and version_rank = 1

),

dated as (

    select
        {{ hashed("customer_id || cast(valid_from as string)") }} as contact_version_id,
        customer_id,
        city,
        country,
        gender,
        lifecycle_stage,
        email_consent,
        sms_consent,
        {% for name in contact_attributes() -%}
        {{ name }},
        {% endfor -%}
        created_at,
        row_number() over (partition by customer_id order by valid_from asc nulls last) as version_number,
        valid_from,
        coalesce(
            lead(valid_from) over (partition by customer_id order by valid_from nulls first),
            timestamp '9999-12-31'
        ) as valid_to
    from versions_once_current

)

select * from dated
order by customer_id, valid_from
