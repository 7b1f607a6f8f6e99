{{ parse_feed('orders') }}
