with

source as (

    select * from {{ ref('base_feeds__costs') }}

),

readable as (

    select * from source
    where rejected_reason is null

),

renamed as (

    select
        {{ reference_set_id('costs') }} as reference_set_id,
        lower({{ without_address('kind') }}) as kind,
        amount,
        incurred_at,
        {{ known_at('incurred_at', 'recorded_at') }} as known_at

    from readable

)

select * from renamed
