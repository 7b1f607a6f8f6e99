select
    id_of('message', number) as message_event_id,
    id_of('customer', customer_of(number, 'customer of message')) as customer_id,
    'campaign-' || pick(number, 'campaign of message', 100, 1) as campaign_id,
    pick_of(number, 'channel of message', ['email', 'email', 'email', 'sms', 'push']) as channel,
    case
        when share(number, 'message') < 0.42 then 'sent' when share(number, 'message') < 0.80 then 'delivered'
        when share(number, 'message') < 0.93 then 'opened' when share(number, 'message') < 0.98 then 'clicked'
        when share(number, 'message') < 0.99 then 'bounced' when share(number, 'message') < 0.998 then 'unsubscribed'
        else 'complained'
    end as message_event,
    happened_at as occurred_at,
    known_since(number, happened_at) as known_at
from facts(20)
