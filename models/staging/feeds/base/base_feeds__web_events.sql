{{ parse_feed('web_events') }}
