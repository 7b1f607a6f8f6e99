{{ parse_feed('campaign_outcomes') }}
