{{ parse_feed('costs') }}
