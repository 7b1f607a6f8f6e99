from __future__ import annotations

import numpy as np
import pandas as pd

from tessera.segmentation.meaning.driver_words import told_drivers

INSIDE = np.array([True, True, True, False, False, False, False])


def told(**columns):
    features = pd.DataFrame(columns)
    explained = pd.DataFrame(
        {
            "place": range(len(columns)),
            "importance": [2.0 / (1 + place) for place in range(len(columns))],
            "contribution": 1.0,
            "stability": 1.0,
        }
    )
    return told_drivers(explained, features, INSIDE, most=10)


def test_medians_are_told_in_words():
    (driver,) = told(orders_count_90d=[8, 9, 9, 1, 2, 2, np.nan]).to_dict("records")
    assert driver["description"] == "9 orders in the last 90 days (all customers: 5)"
    assert (driver["direction"], driver["statistic"]) == ("higher", "median")


def test_means_are_told_where_medians_read_alike():
    (driver,) = told(tickets_count_90d=[0.0, 0, 3, 0, 0, 0, 0]).to_dict("records")
    assert (driver["statistic"], driver["direction"]) == ("mean", "higher")
    assert "1 on average (all customers: 0.43)" in driver["description"]


def test_medians_that_round_to_one_number_are_not_told_apart():
    (driver,) = told(orders_count_90d=[3.0, 3, 4, 3, 4, 4, 5]).to_dict("records")
    assert driver["statistic"] == "median"
    assert told(orders_count_90d=[3.6, 3.6, 3.6, 4, 4, 4, 4])["statistic"].tolist() == ["mean"]


def test_a_share_is_told_in_per_cent():
    (driver,) = told(orders_discounted_share_365d=[0.5] * 3 + [0.1] * 4).to_dict("records")
    assert driver["description"].endswith("50 % (all customers: 10 %)")


def test_what_does_not_tell_the_segment_apart_is_left_out_and_ranks_close_up():
    drivers = told(orders_count_90d=[1.0] * 7, orders_count_365d=[9.0] * 3 + [1.0] * 4)
    assert drivers["rank"].tolist() == [1]
    assert drivers["feature_name"].tolist() == ["orders_count_365d"]


def test_a_feature_that_members_have_no_value_of_is_left_out():
    assert told(orders_amount_avg_365d=[np.nan] * 3 + [5.0] * 4).empty
