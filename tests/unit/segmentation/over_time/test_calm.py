from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tessera.segmentation.over_time.calm import measure_calm
from tessera.segmentation.over_time.rehearsal import place_past, rehearse


@pytest.fixture
def months(orders):
    """Ada wavers at a border, Ben moves for good, Cem and Dan stay."""
    told = [((3, 1.5), (7, 3.5)), ((4, 2), (0, 0)), ((3, 1.5), (0, 0))]
    return [
        (
            pd.Timestamp(2024, month, 1),
            orders(f"2024-0{month}-01", ada=ada, ben=ben, cem=(14, 7), dan=(14, 7)),
        )
        for month, (ada, ben) in enumerate(told, start=1)
    ]


def told(months, reign):
    return rehearse(place_past(months, reign.model, 90), reign)


def test_damping_halves_the_moves_and_says_what_it_hides(months, reign):
    change, undamped, agreement = measure_calm(told(months, reign))
    # Ben of four; then nobody. Undamped Ada goes and comes back
    assert (change.value, change.low, change.high) == (0.125, 0.0, 0.25)
    assert (undamped.value, undamped.low, undamped.high) == (0.375, 0.25, 0.5)
    assert agreement.value == 0.875


def test_undamped_agrees_with_itself(months, undamped):
    change, raw, agreement = measure_calm(told(months, undamped))
    assert change.value == raw.value
    assert agreement.value == 1.0


def test_a_planted_group_that_moves_is_seen_in_its_month(months, reign):
    moved = told(months, reign)[1].set_index("customer_id")["segment_id"]
    assert moved["ben"] == "s1"
    assert moved["ada"] == "s1"


def test_a_month_without_a_snapshot_and_a_single_one_tell_nothing(months, reign):
    for snapshots in ([months[0], months[2]], months[:1], []):
        change, _, _ = measure_calm(told(snapshots, reign))
        assert np.isnan(change.value)
