{{ parse_feed('products') }}
