"""A shop whose past is known: who spends much goes on, who spends little stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from tessera.runs import Run
from tessera.segmentation import SEGMENT_MODELS_SCHEMA
from tessera.segmentation.comparison.evidence import Evidence

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def a_past(a_shop) -> Callable[..., pd.DataFrame]:
    """Return a training set of so many months; heavy and light go on, gone never come back."""

    def build(months: int = 5) -> pd.DataFrame:
        snapshots = []
        for month in range(months):
            rows = a_shop(20, at=f"2023-{6 + month:02d}-01", seed=month)
            kinds = rows["customer_id"].str.rstrip("0123456789")
            rows["orders_amount_sum_90d"] = rows["orders_amount_sum_365d"] / 4
            rows["outcome_amount_90d"] = kinds.map({"heavy": 800.0, "light": 60.0, "gone": 0.0})
            rows["outcome_orders_90d"] = kinds.map({"heavy": 8, "light": 2, "gone": 0})
            rows.loc[rows["customer_id"] == "light0", "outcome_orders_90d"] = 0
            snapshots.append(rows)
        return pd.concat(snapshots, ignore_index=True)

    return build


@pytest.fixture
def champions(three) -> pd.DataFrame:
    """Return the registry's row of the three segments, as the champion."""
    return three.to_frame().T.reset_index(drop=True)


@pytest.fixture
def no_champions() -> pd.DataFrame:
    return SEGMENT_MODELS_SCHEMA.empty_table().to_pandas()


@pytest.fixture
def nobody() -> pd.DataFrame:
    """Return a table of customers in segments that holds nobody."""
    return pd.DataFrame(columns=["customer_id", "snapshot_at", "segment_id", "segment_name"])


@pytest.fixture
def contract_run() -> Run:
    at = pd.Timestamp("2024-04-01")
    return Run("today", at, at, "demo", seed=7)


@pytest.fixture
def evidence(contract_run) -> Evidence:
    """Return what two healthy segments of 600 and 400 customers have to show."""
    ids = [f"c{number:03d}" for number in range(1_000)]
    segments = ["s1"] * 600 + ["s2"] * 400
    months = [pd.Timestamp("2024-02-01"), pd.Timestamp("2024-03-01"), contract_run.as_of]
    history = pd.concat(
        [
            pd.DataFrame(
                {
                    "customer_id": ids,
                    "snapshot_at": month,
                    "segment_id": segments,
                    "model_id": "m",
                }
            )
            for month in months
        ],
        ignore_index=True,
    )
    return Evidence(
        customers=1_000,
        assignments=history[history["snapshot_at"] == contract_run.as_of],
        history=history,
        evaluations=pd.DataFrame(
            {
                "metric": ["stability", "silhouette"],
                "value": [0.8, 0.2],
                "high": [0.9, np.nan],
                "baseline_value": [0.0, 0.1],
            }
        ),
        meanings=pd.DataFrame(
            {
                "segment_id": ["s1", "s2"],
                "owner": ["loyalty", "growth"],
                "valid_from": [None, None],
                "valid_to": [None, None],
            }
        ),
        champions=pd.DataFrame({"model_id": ["m"], "as_of": [pd.Timestamp("2024-02-01")]}),
    )
