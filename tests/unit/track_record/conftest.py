"""A build of November, for what only wants to know which run it is."""

import pandas as pd
import pytest

from tessera.runs import Run


@pytest.fixture
def run():
    return Run("first", pd.Timestamp("2026-11-22"), pd.Timestamp("2026-11-01"), "shop", 7)
