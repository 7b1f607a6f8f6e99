"""Parts of a target's page: each says what it asks (``QUERIES``), what it shows (``blocks``)."""

from tessera.report.sections.propensity_parts import pictures, tables

PARTS = (pictures, tables)
"""In reading order."""
