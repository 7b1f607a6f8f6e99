"""Who is who: how identifiers are read, and which of them belong to one person, since when."""
