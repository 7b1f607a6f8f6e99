from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tessera.segmentation.model import read_model
from tessera.segmentation.outcomes import (
    explained_share,
    measure_explained,
    measure_monthly_change,
    past_origins,
    rfm_groups,
)


def test_only_closed_snapshots_with_one_before_them_are_origins(past):
    origins = past_origins(past)
    months = [origin.customers["snapshot_at"].iloc[0].month for origin in origins]
    before = [origin.before["snapshot_at"].iloc[0].month for origin in origins]
    assert (months, before) == ([9, 10], [8, 9])


def test_a_young_shop_has_no_origin(past):
    assert past_origins(past.iloc[:0]) == []
    assert past_origins(past.drop(columns="outcome_amount_90d")) == []


def test_kinds_that_spend_differently_explain_all_of_the_spend(past, three):
    measure = measure_explained(past_origins(past), read_model(three), seed=1)
    assert measure.value == pytest.approx(1.0)
    assert measure.low <= measure.value <= measure.high
    assert measure.baseline_name == "rfm_quintiles"
    assert 0.5 < measure.baseline_value <= 1.0


def test_without_an_origin_nothing_is_explained_and_nothing_claimed(three):
    assert np.isnan(measure_explained([], read_model(three), seed=1).value)


def test_groups_that_tell_nothing_explain_nothing():
    assert explained_share(np.array([0.0, 4.0, 0.0, 4.0]), np.array([0, 0, 1, 1])) == 0.0


def test_when_all_spend_the_same_the_share_is_unknown():
    assert np.isnan(explained_share(np.array([2.0, 2.0]), np.array([0, 1])))


def test_a_weight_of_two_counts_like_two_people():
    spend, groups = np.array([0.0, 1.0, 5.0]), np.array([0, 0, 1])
    twice = explained_share(np.array([0.0, 0.0, 1.0, 5.0]), np.array([0, 0, 0, 1]))
    assert explained_share(spend, groups, np.array([2.0, 1.0, 1.0])) == pytest.approx(twice)


def test_rfm_ranks_recent_frequent_and_high_spend_first():
    customers = pd.DataFrame(
        {
            "orders_days_since_last": [1, 50, 300, None],
            "orders_count_365d": [9, 4, 1, 0],
            "orders_amount_sum_365d": [900.0, 200.0, 20.0, 0.0],
        }
    )
    assert rfm_groups(customers, 4).tolist() == [3, 2, 1, 0]
    assert rfm_groups(customers.drop(columns="orders_count_365d"), 4) is None


def test_who_stays_does_not_change_and_who_leaves_does(past, three):
    model = read_model(three)
    still = past[past["snapshot_at"] < "2023-10-01"]
    assert measure_monthly_change(still, model).value == 0.0
    swapped = still.copy()
    later = swapped["snapshot_at"] == "2023-09-01"
    swap = {"heavy0": "gone0", "gone0": "heavy0"}
    swapped.loc[later, "customer_id"] = swapped.loc[later, "customer_id"].replace(swap)
    assert measure_monthly_change(swapped, model).value == pytest.approx(2 / 60)


def test_one_snapshot_shows_no_change(shop, three):
    assert np.isnan(measure_monthly_change(shop, read_model(three)).value)
