"""The web channel: visits, what happens in them, and by which cookies they are known."""
