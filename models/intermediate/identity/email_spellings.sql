with

reference_sets as (

    select * from {{ ref('reference_sets') }}

),

providers as (

    select * from {{ ref('email_providers') }}

),

cleaned_emails as (

    select
        email,
        {{ cleaned_email('email') }} as cleaned
    from reference_sets
    where email is not null
    group by email

),

parted_emails as (

    -- parts of what is no address are NULL, and so is all that comes of them
    select
        email,
        cleaned,
        case when {{ is_email_address('cleaned') }} then split_part(cleaned, '@', 1) end as local_part,
        case when {{ is_email_address('cleaned') }} then split_part(cleaned, '@', 2) end as domain
    from cleaned_emails

),

email_spellings as (

    select
        parted_emails.email,
        parted_emails.cleaned,
        parted_emails.local_part,
        parted_emails.domain,
        providers.provider,
        {{ mailbox_name('local_part', 'tag_separator', 'ignored_characters') }}
        || '@'
        || coalesce(
            providers.same_as || substring(parted_emails.domain, length(providers.provider) + 1),
            parted_emails.domain
        ) as email_address
    from parted_emails

    left join providers
        on {{ domain_label('parted_emails.domain') }} = providers.provider

)

select * from email_spellings
