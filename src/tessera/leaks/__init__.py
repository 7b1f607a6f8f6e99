"""Leaks: whether any feature knows what was not yet known at its snapshot.

:mod:`~tessera.leaks.rules` reads the queries of the feature models, and
:mod:`~tessera.leaks.recomputation` runs them again in a world without the future.
"""

from tessera.leaks.audit import find_leaks
from tessera.leaks.finding import FINDING_SCHEMA, NOTHING_TO_DELETE, Finding

__all__ = ["FINDING_SCHEMA", "NOTHING_TO_DELETE", "Finding", "find_leaks"]
