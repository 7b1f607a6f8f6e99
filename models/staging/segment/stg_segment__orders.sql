{{ config(enabled=is_connected('segment')) }}

with

calls as (

    select
        *,
        {{ segment_goods_amount() }} as amount,
        coalesce(received_at, occurred_at) as recorded_at,
        row_number() over (
            partition by order_id, call
            order by {{ try_timestamp('occurred_at') }} asc nulls last, feed_file asc, feed_row asc
        ) as call_number
    from {{ ref('base_segment__events') }}
    where
        call in ('order_completed', 'order_updated', 'order_cancelled', 'order_refunded')
        and order_id is not null

),

placed as (

    select * from calls
    where call = 'order_completed' and call_number = 1

),

restated as (

    -- whose and from when an order is was said when it was placed: none of that is known earlier
    select
        calls.feed_file,
        calls.feed_row,
        calls.call,
        calls.order_id,
        coalesce(placed.user_id, calls.user_id) as user_ref,
        coalesce(placed.anonymous_id, calls.anonymous_id) as anonymous_id,
        coalesce(placed.context_device_id, calls.context_device_id) as device_id,
        coalesce(
            placed.email, placed.context_traits_email, calls.email, calls.context_traits_email
        ) as email,
        coalesce(
            placed.phone, placed.context_traits_phone, calls.phone, calls.context_traits_phone
        ) as phone,
        coalesce(placed.occurred_at, calls.occurred_at) as ordered_at,
        case
            when {{ try_timestamp('placed.recorded_at') }} > {{ try_timestamp('calls.recorded_at') }}
                then placed.recorded_at
            else calls.recorded_at
        end as recorded_at,
        coalesce(placed.context_device_type, calls.context_device_type) as device_type,
        coalesce(calls.currency, placed.currency) as currency,
        coalesce(calls.discount, placed.discount) as discount_amount,
        coalesce(calls.shipping, placed.shipping) as shipping_amount,
        calls.total as amount_paid_back,
        case
            when calls.call = 'order_refunded' then placed.amount
            else coalesce(calls.amount, placed.amount)
        end as amount

    from calls

    left join placed
        on calls.order_id = placed.order_id

),

renamed as (

    select
        feed_file,
        feed_row,

        -- ids
        order_id,
        user_ref,
        anonymous_id,
        device_id,
        email,
        phone,

        -- words
        case call
            when 'order_cancelled' then 'cancelled'
            when 'order_refunded' then 'returned'
            else 'completed'
        end as status,
        case when lower(device_type) in ('ios', 'android') then 'app' else 'web' end as channel,

        -- money
        currency,
        amount,
        discount_amount,
        shipping_amount,

        -- times
        ordered_at,
        recorded_at

    from restated
    -- part of the money paid back is no returned order; what nobody can compare goes on
    where not (
        call = 'order_refunded'
        and coalesce({{ try_number('amount_paid_back') }} < {{ try_number('amount') }}, false)
    )

)

select * from renamed
