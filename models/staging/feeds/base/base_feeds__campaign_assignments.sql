{{ parse_feed('campaign_assignments') }}
