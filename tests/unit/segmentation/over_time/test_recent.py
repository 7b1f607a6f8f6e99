from __future__ import annotations

import numpy as np
import pandas as pd

from tessera.segmentation.over_time.recent import columns_beside, recent_columns, recent_twin


def test_only_what_adds_up_over_a_longer_window_has_a_recent_column():
    names = [
        "orders_amount_sum_180d",
        "orders_count_lifetime",
        "orders_count_90d",
        "orders_count_30d",
        "categories_distinct_count_180d",
        "orders_amount_avg_lifetime",
        "orders_count_90d_over_365d",
        "orders_days_since_last",
    ]
    assert recent_columns(names, 90) == {
        "orders_amount_sum_180d": "orders_amount_sum_90d",
        "orders_count_lifetime": "orders_count_90d",
    }


def test_the_recent_twin_lives_at_the_rate_of_the_last_days():
    customers = pd.DataFrame(
        {
            "orders_count_180d": [10, 10, 4, 10],
            "orders_count_90d": [5.0, 2.0, 4.0, np.nan],
            # Cem is known for 60 days: all he ever bought is recent
            "orders_days_since_first": [400.0, 400.0, 60.0, 400.0],
        }
    )
    twin = recent_twin(customers, ["orders_count_180d"], 90)
    assert twin["orders_count_180d"].tolist() == [10.0, 4.0, 4.0, 10.0]
    assert customers["orders_count_180d"].tolist() == [10, 10, 4, 10]


def test_a_lifetime_is_as_long_as_somebody_is_known():
    customers = pd.DataFrame(
        {
            "orders_count_lifetime": [20],
            "orders_count_90d": [3.0],
            "orders_days_since_first": [900.0],
        }
    )
    assert recent_twin(customers, ["orders_count_lifetime"], 90).iloc[0, 0] == 30.0


def test_a_shop_without_the_short_column_has_no_other_twin():
    customers = pd.DataFrame({"orders_count_180d": [10], "orders_days_since_first": [400.0]})
    twin = recent_twin(customers, ["orders_count_180d"], 90)
    assert twin.equals(customers)


def test_what_is_read_beside_the_features_is_told():
    beside = columns_beside(["orders_count_180d", "orders_days_since_last"], 90)
    assert beside == ["orders_count_90d", "orders_days_since_first"]
