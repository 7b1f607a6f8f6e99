with

source as (

    select * from {{ ref('base_feeds__products') }}

),

readable as (

    select * from source
    where rejected_reason is null

),

deliveries as (

    select
        *,
        {{ delivery_rank(feed_key('products')) }} as delivery_rank
    from readable

),

renamed as (

    select
        product_id,
        name as product_name,
        category,
        subcategory,
        brand,
        department

    from deliveries
    where delivery_rank = 1

)

select * from renamed
