"""Parts of a segment's page: each says what it asks (``QUERIES``), what it shows (``blocks``)."""

from tessera.report.sections.segment_parts import drivers, economics, flows, members, persona

PARTS = (persona, drivers, economics, flows, members)
"""In reading order."""
