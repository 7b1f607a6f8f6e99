from __future__ import annotations

import pandas as pd

from tessera.segmentation.rivals import rfm_groups, spend_groups


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


def test_spend_is_ranked_into_equal_groups_and_who_has_none_is_lowest():
    customers = pd.DataFrame({"orders_amount_sum_90d": [5.0, 900.0, None, 20.0]})
    assert spend_groups(customers, 4).tolist() == [1, 3, 0, 2]
    assert spend_groups(customers, 2).tolist() == [0, 1, 0, 1]


def test_customers_of_equal_spend_stay_together():
    customers = pd.DataFrame({"orders_amount_sum_90d": [0.0, 0.0, 0.0, 9.0]})
    assert spend_groups(customers, 2).tolist() == [0, 0, 0, 1]


def test_without_the_spend_of_90_days_nobody_is_ranked():
    assert spend_groups(pd.DataFrame({"customer_id": ["ann"]}), 2) is None
