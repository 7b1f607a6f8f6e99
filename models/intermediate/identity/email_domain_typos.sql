with

spellings as (

    select * from {{ ref('email_spellings') }}

),

domains as (

    select
        domain,
        provider,
        {{ domain_label('domain') }} as label,
        count(distinct email_address) as addresses
    from spellings
    where domain is not null
    group by domain, provider

),

provider_domains as (

    select * from domains
    where provider is not null

),

neighbours as (

    select
        domains.domain,
        domains.addresses,
        provider_domains.domain as domain_typo,
        row_number() over (
            partition by domains.domain
            order by provider_domains.addresses desc nulls last, provider_domains.domain asc nulls last
        ) as neighbour_rank
    from domains

    inner join provider_domains
        on
            {{ is_one_slip_apart('domains.domain', 'provider_domains.domain') }}
            -- the misspelt are one in a hundred of the well spelt together, and fall upon several spellings
            and provider_domains.addresses >= 20 * domains.addresses

    where
        domains.provider is null
        -- the same provider under an ending that is none (.con); two countries (.fr, .gr) are no slip
        or (
            domains.provider = provider_domains.provider
            and length(split_part(provider_domains.domain, '.', 2)) > 2
            and split_part(provider_domains.domain, '.', 3) = ''
        )

),

email_domain_typos as (

    select
        domain,
        domain_typo,
        addresses
    from neighbours
    where neighbour_rank = 1

)

select * from email_domain_typos
