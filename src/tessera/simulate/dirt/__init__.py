"""Feeds as they are delivered: twice, late, misspelt, partly unreadable; and the truth of it."""

from tessera.simulate.dirt.soiling import TRUTH_SCHEMA, soil

__all__ = ["TRUTH_SCHEMA", "soil"]
