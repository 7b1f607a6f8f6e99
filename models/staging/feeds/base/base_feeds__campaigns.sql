{{ parse_feed('campaigns') }}
