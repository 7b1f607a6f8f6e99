{{ parse_feed('contacts') }}
