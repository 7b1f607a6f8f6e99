from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tessera.segmentation.over_time.membership import (
    calibration_gap,
    fit_membership,
    measure_membership,
)


def make_pair(month: int, customers: int = 400) -> pd.DataFrame:
    """Return two months of customers: the less clear, the more of them leave."""
    random = np.random.default_rng(month)
    clear = random.uniform(-0.2, 1.2, customers)
    stays = random.random(customers) < np.clip(0.5 + clear / 2, 0, 1)
    snapshot_at = pd.Timestamp(2024, month, 1)
    return pd.DataFrame(
        {
            "segment_id": "s1",
            "clearness": clear,
            "recent_clearness": clear,
            "snapshot_at": snapshot_at,
            "entered_at": snapshot_at - pd.Timedelta(days=60),
            "next_segment_id": np.where(stays, "s1", "s2"),
        }
    )


@pytest.fixture
def pairs() -> list[pd.DataFrame]:
    return [make_pair(month) for month in (1, 2, 3, 4)]


def test_the_clearer_the_likelier_to_stay(pairs):
    scores = fit_membership(pairs).scores(pairs[0])
    low, middle, high = np.array_split(scores[np.argsort(pairs[0]["clearness"].to_numpy())], 3)
    assert low.mean() < middle.mean() < high.mean()
    assert ((scores > 0) & (scores < 1)).all()


def test_what_was_promised_is_what_happened_out_of_time(pairs):
    brier, gap = measure_membership(pairs)
    assert brier.value < brier.baseline_value
    assert gap.value < 0.08
    assert brier.rows == 400


def test_a_segment_never_seen_before_is_scored_all_the_same(pairs):
    unknown = pairs[0].assign(segment_id="s9")
    assert np.isfinite(fit_membership(pairs).scores(unknown)).all()


def test_too_few_months_or_leavers_promise_nothing(pairs):
    assert fit_membership(pairs[:2]) is None
    nobody_left = [pair.assign(next_segment_id="s1") for pair in pairs]
    assert fit_membership(nobody_left) is None
    assert all(np.isnan(measure.value) for measure in measure_membership(nobody_left))


def test_a_promise_that_is_off_by_a_tenth_has_that_gap():
    stayed = np.array([1.0] * 9 + [0.0])
    assert calibration_gap(np.full(100, 0.8), np.tile(stayed, 10)) == pytest.approx(0.1)
