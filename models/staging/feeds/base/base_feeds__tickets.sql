{{ parse_feed('tickets') }}
