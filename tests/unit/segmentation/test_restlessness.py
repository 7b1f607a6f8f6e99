from __future__ import annotations

import numpy as np
import pytest

from tessera.segmentation.algorithms import Spec
from tessera.segmentation.model import read_model
from tessera.segmentation.restlessness import measure_monthly_change

THREE = Spec("kmeans", 3)


def change(past, three):
    model = read_model(three)
    fitted = {THREE: model.prototypes}
    return measure_monthly_change(past, model.scaling.points(past), fitted)[THREE]


def test_who_stays_does_not_change_and_who_leaves_does(past, three):
    still = past[past["snapshot_at"] < "2023-10-01"]
    assert change(still, three).value == 0.0
    swapped = still.copy()
    later = swapped["snapshot_at"] == "2023-09-01"
    swap = {"heavy0": "gone0", "gone0": "heavy0"}
    swapped.loc[later, "customer_id"] = swapped.loc[later, "customer_id"].replace(swap)
    assert change(swapped, three).value == pytest.approx(2 / 60)


def test_one_snapshot_or_none_shows_no_change(shop, three):
    assert np.isnan(change(shop, three).value)
    assert np.isnan(change(shop.iloc[:0], three).value)


def test_snapshots_more_than_a_month_apart_are_not_compared(past, three):
    gap = past[past["snapshot_at"] != "2023-09-01"]
    assert change(past, three).rows == 4 * 60
    assert change(gap, three).rows == 2 * 60
