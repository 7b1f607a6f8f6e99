{{ parse_feed('feedback') }}
