"""A shop of three kinds of customers, far apart: heavy, light and gone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from tessera.runs import Run
from tessera.segmentation import (
    SEGMENT_EVALUATIONS_SCHEMA,
    SEGMENT_MODELS_SCHEMA,
    fit_candidates,
)
from tessera.segmentation.features import read_features
from tessera.segmentation.model import read_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from tessera.segmentation.features import SegmentFeature

ROOT = Path(__file__).parents[3]
NAMES = [
    "orders_amount_sum_365d",
    "orders_count_90d",
    "orders_amount_avg_365d",
    "orders_days_since_last",
    "orders_count_90d_over_365d",
    "orders_discounted_share_365d",
    "categories_distinct_count_180d",
    "orders_days_since_first",
]
DRIVERS = ["value", "frequency", "basket", "recency", "trend", "discount", "variety", "tenure"]
SHARES = {"trend", "discount"}
WEIGHTS = ["1.5", "1.5", "0.75", "1.25", "0.75", "0.5", "1", "0.5"]

KINDS = {
    #        value frequency basket recency trend discount variety tenure
    "heavy": (3000, 30, 30, 3, 0.3, 0.2, 60, 300),
    "light": (300, 6, 15, 15, 0.3, 0.5, 20, 300),
    "gone": (40, 0, 20, 200, 0.0, 0.3, 0, 300),
}


def make_shop(each: int = 20, at: str = "2024-04-01", seed: int = 0) -> pd.DataFrame:
    """Return a scoring set with ``each`` customers of each kind: heavy0, heavy1, …, gone19."""
    random = np.random.default_rng(seed)
    rows = [
        {"customer_id": f"{kind}{number}"}
        | {
            name: middle * float(np.exp(random.normal(0, 0.05)))
            for name, middle in zip(NAMES, middles, strict=True)
        }
        for kind, middles in KINDS.items()
        for number in range(each)
    ]
    frame = pd.DataFrame(rows, columns=["customer_id", *NAMES])
    frame.insert(1, "snapshot_at", pd.Timestamp(at))
    frame["orders_count_365d"] = frame["orders_count_90d"] * 4
    return frame


def make_run(as_of: str = "2024-04-01", run_id: str = "first") -> Run:
    return Run(
        run_id=run_id,
        run_started_at=pd.Timestamp(as_of) + pd.Timedelta(hours=6),
        as_of=pd.Timestamp(as_of),
        feeds_folder="demo",
        seed=7,
    )


def make_past(each: int = 20) -> pd.DataFrame:
    """Return a training set of five months; the last two have no closed outcome."""
    spend = {"heavy": 800.0, "light": 60.0, "gone": 0.0}
    months = []
    for month in range(5):
        rows = make_shop(each, at=f"2023-{8 + month:02d}-01", seed=month + 1)
        kinds = rows["customer_id"].str.rstrip("0123456789")
        rows["outcome_amount_90d"] = kinds.map(spend) if month < 3 else np.nan
        months.append(rows)
    return pd.concat(months, ignore_index=True)


def make_features() -> pd.DataFrame:
    """Return the seed as the warehouse has it: a row per feature of the shop, all text."""
    rows = [
        {
            "feature_name": name,
            "feature_group": "behaviour",
            "driver": driver,
            "kind": "numeric",
            "weight": weight,
            "is_skewed": "false" if driver in SHARES else "true",
            "is_reversed": "true" if driver == "recency" else "false",
            "reason": "",
        }
        for name, driver, weight in zip(NAMES, DRIVERS, WEIGHTS, strict=True)
    ]
    return pd.DataFrame(rows)


@pytest.fixture
def segment_features() -> pd.DataFrame:
    return make_features()


@pytest.fixture
def declared() -> tuple[SegmentFeature, ...]:
    """The features of the shop in the order of the seed's reader."""
    return read_features(make_features())


@pytest.fixture
def segment_choice() -> pd.DataFrame:
    return pd.read_csv(ROOT / "seeds" / "segment_choice.csv", dtype=str)


@pytest.fixture
def playbook() -> pd.DataFrame:
    return pd.read_csv(ROOT / "seeds" / "segment_playbook.csv")


@pytest.fixture
def no_models() -> pd.DataFrame:
    return SEGMENT_MODELS_SCHEMA.empty_table().to_pandas()


@pytest.fixture
def no_evaluations() -> pd.DataFrame:
    return SEGMENT_EVALUATIONS_SCHEMA.empty_table().to_pandas()


@pytest.fixture
def shop() -> pd.DataFrame:
    return make_shop()


@pytest.fixture
def run() -> Run:
    return make_run()


@pytest.fixture
def past() -> pd.DataFrame:
    return make_past()


@pytest.fixture
def a_shop() -> Callable[..., pd.DataFrame]:
    return make_shop


@pytest.fixture
def a_run() -> Callable[..., Run]:
    return make_run


@pytest.fixture
def fit(segment_features) -> Callable[..., pd.DataFrame]:
    """Fits candidates by the features of the shop."""

    def fit_by_seed(shop, remembered, run, **more):
        return fit_candidates(shop, segment_features, remembered, run, **more)

    return fit_by_seed


@pytest.fixture(scope="session")
def fitted_once() -> pd.DataFrame:
    none = SEGMENT_MODELS_SCHEMA.empty_table().to_pandas()
    return fit_candidates(make_shop(), make_features(), none, make_run())


@pytest.fixture
def fitted(fitted_once) -> pd.DataFrame:
    """The registry after a first fit on ``shop``."""
    return fitted_once.copy()


@pytest.fixture
def three(fitted) -> pd.Series:
    """The registry's row of the three segments of ``shop`` by k-means."""
    is_three = (fitted["segments"] == 3) & (fitted["algorithm"] == "kmeans")
    return fitted[is_three].iloc[0]


@pytest.fixture
def assign_segments() -> Callable[..., pd.DataFrame]:
    """Places customers by a row of the registry: s1 is its first segment, s2 its second."""

    def assign(features, model_row, run):
        keys = features[["customer_id", "snapshot_at"]]
        placed = keys.assign(segment_id=None, segment_name=None, membership_score=None)
        if len(features):
            apart = np.sort(distances := read_model(model_row).distances(features), axis=1)
            places = distances.argmin(axis=1) + 1
            placed["segment_id"] = [f"s{place}" for place in places]
            placed["segment_name"] = [f"Segment {place}" for place in places]
            lone = apart.shape[1] == 1
            placed["membership_score"] = 1.0 if lone else 1.0 - apart[:, 0] / apart[:, 1]
        placed = placed.assign(run_id=run.run_id)
        return placed.sort_values(["customer_id", "snapshot_at"], ignore_index=True)

    return assign
