"""Parts of a segment's page: each says what it asks (``QUERIES``), what it shows (``blocks``)."""

from tessera.report.sections.segment_parts import persona

PARTS = (persona,)
"""In reading order."""
