{{ parse_feed('messages') }}
