-- depends_on: {{ ref('base_feeds__contacts') }}
with

snapshots as (

    select * from {{ ref('snapshots_due') }}

),

contacts as (

    select * from {{ ref('contacts') }}

),

features as (

    -- the version that stands at the snapshot; one that begins at its very instant is not yet known
    select
        snapshots.customer_snapshot_id,
        contacts.country as crm_country,
        contacts.gender as crm_gender,
        contacts.lifecycle_stage as crm_lifecycle_stage,
        contacts.email_consent as has_email_consent,
        contacts.sms_consent as has_sms_consent,
        {% for attribute in typed_contact_attributes() -%}
        {{ attribute.expression }} as crm_{{ attribute.name }},
        {% endfor -%}
        case
            when contacts.created_at < snapshots.snapshot_at
                then {{ days_between('contacts.created_at', 'snapshots.snapshot_at') }}
        end as crm_days_since_created

    from snapshots

    left join contacts
        on
            snapshots.customer_id = contacts.customer_id
            and {{ is_current_at_snapshot(
                'contacts.valid_from', 'contacts.valid_to', 'snapshots.snapshot_at'
            ) }}

)

select * from features
