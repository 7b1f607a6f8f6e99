"""The same shop through the connectors and through plain feeds: what comes out, side by side."""
