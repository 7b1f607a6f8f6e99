"""Feeds as they may be found: all is well unless the test says otherwise."""

import pandas as pd
import pytest

from tessera.check.facts import ColumnFacts, FeedFacts
from tessera.check.project_map import DeclaredColumn, DeclaredFeed


def column(name, data_type="string", *, required=False, reference=False, past=False, **found):
    declared = DeclaredColumn(name, data_type, required, reference, past)
    return ColumnFacts(declared, **{"is_present": True, "filled": 100, **found})


def feed(name="orders", columns=(), **found):
    declared = DeclaredFeed(name, "One row per order.", tuple(c.declared for c in columns))
    whole = {"files": (f"{name}.csv",), "rows_in": 100, "rows_kept": 100}
    return FeedFacts(declared, columns=tuple(columns), **{**whole, **found})


@pytest.fixture
def make_column():
    return column


@pytest.fixture
def make_feed():
    return feed


@pytest.fixture
def ordered_at():
    first, last = pd.Timestamp(2024, 1, 1), pd.Timestamp(2024, 12, 31)
    return column("ordered_at", "timestamp", required=True, past=True, earliest=first, latest=last)
