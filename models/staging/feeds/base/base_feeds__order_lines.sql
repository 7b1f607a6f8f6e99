{{ parse_feed('order_lines') }}
