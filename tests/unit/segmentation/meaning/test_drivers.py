"""A planted reason is found and told once, whatever twins and windows it has."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tessera import frames
from tessera.segmentation import meaning
from tessera.segmentation.meaning import drivers


@pytest.fixture
def wide(a_shop):
    """The shop with noise, a feature of the heavy alone in two windows, and a twin of it."""
    shop = a_shop(each=40)
    random = np.random.default_rng(3)
    heavy = shop["customer_id"].str.startswith("heavy")
    shop["tickets_count_30d"] = random.poisson(np.where(heavy, 6, 1)).astype(float)
    shop["tickets_count_90d"] = shop["tickets_count_30d"] + random.poisson(3, len(shop))
    shop["tickets_urgent_count_lifetime"] = shop["tickets_count_30d"] * 2 + 1
    shop["messages_sent_count_90d"] = random.poisson(5, len(shop)).astype(float)
    shop["crm_country"] = "DE"
    shop["is_eligible_churn_30d"] = True
    kinds = shop["customer_id"].str.rstrip("0123456789")
    shop["segment_id"] = kinds.map({"heavy": "s1", "light": "s2", "gone": "s3"})
    return shop


@pytest.fixture
def find(champions, run):
    def found(rows):
        customers = rows.drop(columns="segment_id")
        assigned = rows[["customer_id", "segment_id"]]
        return meaning.find_drivers(assigned, customers, champions, run)

    return found


@pytest.fixture
def told(find, wide):
    return find(wide)


def test_each_segment_is_told_by_at_most_ten_ranked_drivers(told):
    frames.typed(told, meaning.SEGMENT_DRIVER_SCORES_SCHEMA)
    for _, rows in told.groupby("segment_id"):
        assert rows["rank"].tolist() == list(range(1, len(rows) + 1))
        assert len(rows) <= 10
        assert rows["importance"].is_monotonic_decreasing
        assert rows["importance"].sum() <= 1 + 1e-9
    assert told["stability"].between(0, 1).all()


def test_noise_is_no_driver_of_the_first_ranks(told):
    first = told[told["rank"] <= 3]
    assert "messages_sent_count_90d" not in set(first["feature_name"])


def test_windows_and_twins_are_told_once(told):
    for _, rows in told.groupby("segment_id"):
        tickets = rows[rows["feature_name"].str.startswith("tickets")]
        assert len(tickets) <= 1


def test_a_driver_says_how_far_and_which_way(told, wide):
    heavy = told[(told["segment_id"] == "s1") & (told["feature_name"] == "orders_amount_sum_365d")]
    driver = heavy.iloc[0]
    inside = wide["customer_id"].str.startswith("heavy")
    assert driver["direction"] == "higher"
    assert driver["segment_value"] == wide.loc[inside, "orders_amount_sum_365d"].median()
    assert driver["population_value"] == wide["orders_amount_sum_365d"].median()
    assert driver["contribution"] > 0


def test_the_same_customers_give_the_same_drivers(find, wide, told):
    pd.testing.assert_frame_equal(find(wide.sample(frac=1, random_state=5)), told)


def test_of_a_few_people_nothing_is_told(find, wide):
    assert find(wide.groupby("segment_id").head(9)).empty


def test_a_lone_segment_has_nobody_to_be_told_from(find, wide):
    assert find(wide.assign(segment_id="s1")).empty


def test_a_shop_without_customers_or_segments_has_no_drivers(find, wide, champions, run):
    assert find(wide.iloc[:0]).empty
    assigned = wide[["customer_id", "segment_id"]]
    assert meaning.find_drivers(assigned, wide, champions.iloc[:0], run).empty


def test_where_everybody_is_the_same_there_is_nothing_to_tell(find, wide):
    alike = wide.assign(**dict.fromkeys(wide.select_dtypes("number").columns, 1.0))
    assert find(alike).empty


def test_windows_of_one_measure_share_their_contributions():
    assert drivers.things_of(["orders_count_7d", "orders_count_lifetime", "crm_attr_90d_club"]) == [
        "orders_count",
        "orders_count",
        "crm_attr_club",
    ]
