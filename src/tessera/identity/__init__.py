"""Identity: which identifiers belong to one person."""
