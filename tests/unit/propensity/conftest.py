"""A shop of 120 people seen on ten first days of the month; who orders seldom tends to leave."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tessera import frames
from tessera.propensity import (
    PROPENSITY_EVALUATIONS_SCHEMA,
    PROPENSITY_MODELS_SCHEMA,
    PROPENSITY_REPLAYS_SCHEMA,
    Target,
    evaluate_candidates,
    fit_candidates,
    fit_replays,
)
from tessera.runs import Run

CHURN = Target("churn_30d", 30)


def make_run(run_id: str = "first", seed: int = 7) -> Run:
    return Run(
        run_id=run_id,
        run_started_at=pd.Timestamp("2026-11-22 06:00"),
        as_of=pd.Timestamp("2026-11-01"),
        feeds_folder="shop",
        seed=seed,
    )


def make_training_set(people: int = 120, months: int = 10) -> pd.DataFrame:
    """Return a row per person and month, January 2026 first, with one planted signal."""
    random = np.random.default_rng(5)
    rows = people * months
    customers = np.repeat([f"c{number:04d}" for number in range(people)], months)
    days = np.round(random.exponential(20.0, rows), 3)
    frame = pd.DataFrame(
        {
            "customer_snapshot_id": [f"s{number:05d}" for number in range(rows)],
            "customer_id": customers,
            "snapshot_at": np.tile(pd.date_range("2026-01-01", periods=months, freq="MS"), people),
            "orders_days_since_last": days,
            "orders_count_30d": random.poisson(3.0, rows),
            "orders_amount_avg_30d": np.where(days > 30, np.nan, random.gamma(2.0, 20.0, rows)),
            "is_new": random.random(rows) < 0.2,
        }
    )
    leaves = random.random(rows) < 1 / (1 + np.exp(-(0.06 * days - 1.5)))
    frame["label_churn_30d"] = pd.array(leaves, dtype="boolean")
    return frame


@pytest.fixture
def run() -> Run:
    return make_run()


@pytest.fixture
def training_set() -> pd.DataFrame:
    return make_training_set()


@pytest.fixture
def no_models() -> pd.DataFrame:
    return frames.empty(PROPENSITY_MODELS_SCHEMA)


@pytest.fixture
def no_evidence() -> pd.DataFrame:
    return frames.empty(PROPENSITY_EVALUATIONS_SCHEMA)


@pytest.fixture(scope="session")
def models() -> pd.DataFrame:
    nothing = frames.empty(PROPENSITY_MODELS_SCHEMA)
    return fit_candidates(make_training_set(), [CHURN], nothing, make_run())


@pytest.fixture
def no_replays() -> pd.DataFrame:
    return frames.empty(PROPENSITY_REPLAYS_SCHEMA)


@pytest.fixture(scope="session")
def replays(models) -> pd.DataFrame:
    nothing = frames.empty(PROPENSITY_REPLAYS_SCHEMA)
    return fit_replays(make_training_set(), [CHURN], models, nothing, make_run())


@pytest.fixture(scope="session")
def evidence(models, replays) -> pd.DataFrame:
    nothing = frames.empty(PROPENSITY_EVALUATIONS_SCHEMA)
    return evaluate_candidates(make_training_set(), [CHURN], models, replays, nothing, make_run())


@pytest.fixture
def churn() -> Target:
    return CHURN


@pytest.fixture
def next_run() -> Run:
    return make_run("second")


@pytest.fixture
def scoring_set() -> pd.DataFrame:
    """Return the last month's customers, of whom every tenth may not be asked."""
    everybody = make_training_set()
    newest = everybody[everybody["snapshot_at"] == everybody["snapshot_at"].max()]
    newest = newest.drop(columns="label_churn_30d").reset_index(drop=True)
    return newest.assign(is_eligible_churn_30d=np.arange(len(newest)) % 10 != 0)
