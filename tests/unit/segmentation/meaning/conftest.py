"""A frozen model of the shop's three kinds, without a fit: heavy, light and gone."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from tessera.segmentation.meaning import Named

SEGMENTS = [
    Named(0, "s1", "Champions", "champions"),
    Named(1, "s2", "Light shoppers", "light_shoppers"),
    Named(2, "s3", "Dormant", "dormant"),
]


@pytest.fixture
def no_names() -> pd.DataFrame:
    return pd.DataFrame(columns=["segment_id", "segment_name"])


@pytest.fixture
def champions(three) -> pd.DataFrame:
    return pd.DataFrame([three])


@pytest.fixture
def segments() -> list[Named]:
    return SEGMENTS


def refitted(row: pd.Series, model_id: str) -> pd.Series:
    """The same geometry as another model, as a refit on like customers would give."""
    plain = json.loads(row["model_text"])
    return pd.Series({**row, "model_id": model_id, "model_text": json.dumps(plain)})
