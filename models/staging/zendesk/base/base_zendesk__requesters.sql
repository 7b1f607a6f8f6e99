{{ config(enabled=is_connected('zendesk')) }}

{%- set contact_id = listed_field('zendesk', 'users', 'contact_id') %}

with

users as (

    {{ vendor_rows('zendesk', 'users') }}

),

ranked as (

    select
        *,
        row_number() over (
            partition by id
            order by
                {{ try_timestamp('updated_at') }} desc nulls last,
                feed_file desc nulls last,
                feed_row desc nulls last
        ) as newest_rank
    from users

),

requesters as (

    -- the company's own id of a user, unless it is listed as another kind of reference
    select
        id as user_id,
        email,
        phone,
        {{ salesforce_id(contact_id) if is_connected('salesforce') else contact_id }} as contact_id,
        {{ listed_field('zendesk', 'users', 'user_ref') }} as user_ref,
        {{ listed_field(
            'zendesk', 'users', 'customer_ref',
            'cast(null as string)' if zendesk_lists_another_reference() else 'external_id'
        ) }} as customer_ref,
        coalesce(lower(role) in ('agent', 'admin'), false) as is_staff
    from ranked
    where newest_rank = 1

),

named as (

    select
        *,
        coalesce(email, phone, contact_id, user_ref, customer_ref) is not null as is_named
    from requesters

)

select * from named
