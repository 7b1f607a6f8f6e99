{{ parse_feed('rule_segments') }}
