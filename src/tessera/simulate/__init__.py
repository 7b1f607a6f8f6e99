"""A shop whose truth is known: thirteen feeds, and beside them what really drove them."""
