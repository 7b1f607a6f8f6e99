from __future__ import annotations

import pandas as pd
import pytest


@pytest.fixture
def no_names() -> pd.DataFrame:
    return pd.DataFrame(columns=["segment_id", "segment_name"])


@pytest.fixture
def champions(three) -> pd.DataFrame:
    """The three segments of the shop as the champion: heavy, light and gone."""
    return pd.DataFrame([three])
