with

spellings as (

    select * from {{ ref('email_spellings') }}

),

domain_typos as (

    select * from {{ ref('email_domain_typos') }}

),

roles as (

    select * from {{ ref('role_addresses') }}

),

placeholders as (

    select * from {{ ref('placeholder_emails') }}

),

compared_spellings as (

    select
        *,
        {{ compared_mailbox('local_part') }} as mailbox,
        {{ domain_label('domain') }} as label
    from spellings

),

email_addresses as (

    -- a misspelt domain is shown, and stays what was written: it may be somebody else's
    select
        compared_spellings.email,
        compared_spellings.email_address,
        domain_typos.domain_typo,
        coalesce(compared_spellings.mailbox in (select role from roles), false) as is_role,
        compared_spellings.cleaned = ''
        or compared_spellings.cleaned in (
            select word from placeholders
            where part = 'whole'
        )
        or coalesce(
            compared_spellings.mailbox in (
                select word from placeholders
                where part = 'mailbox'
            )
            or compared_spellings.label in (
                select word from placeholders
                where part = 'domain'
            )
            or {{ is_one_letter_repeated('compared_spellings.mailbox') }},
            false
        ) as is_placeholder
    from compared_spellings

    left join domain_typos
        on compared_spellings.domain = domain_typos.domain

)

select * from email_addresses
