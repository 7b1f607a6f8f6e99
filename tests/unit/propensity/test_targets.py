from __future__ import annotations

import pandas as pd
import pytest

from tessera.propensity import Target, load_targets


def test_targets_are_read_by_name_whatever_else_is_declared():
    declared = pd.DataFrame(
        {"target": ["purchase_30d", "churn_60d"], "horizon_days": [30, 60], "label_sql": ["", ""]}
    )
    assert load_targets(declared) == [Target("churn_60d", 60), Target("purchase_30d", 30)]


def test_a_target_may_declare_its_own_fewest_answers():
    declared = pd.DataFrame(
        {"target": ["a_30d"], "horizon_days": [30], "fewest_of_each_answer": [40]}
    )
    assert load_targets(declared) == [Target("a_30d", 30, fewest_of_each_answer=40)]


def test_a_target_names_its_columns():
    churn = Target("churn_60d", 60)
    assert churn.label_column == "label_churn_60d"
    assert churn.eligibility_column == "is_eligible_churn_60d"


def test_a_target_declared_twice_or_without_horizon_is_named():
    twice = pd.DataFrame({"target": ["churn_30d", "churn_30d"], "horizon_days": [30, 60]})
    with pytest.raises(ValueError, match=r"more than one declaration for \['churn_30d'\]"):
        load_targets(twice)
    with pytest.raises(ValueError, match=r"no days for \['churn_0d'\]"):
        load_targets(pd.DataFrame({"target": ["churn_0d"], "horizon_days": [0]}))


def test_what_a_target_asks_of_the_algorithms_is_read_and_what_is_null_is_nothing():
    declared = pd.DataFrame(
        {
            "target": ["a_30d", "b_30d"],
            "horizon_days": [30, 30],
            "rule": [float("nan"), "orders_count_90d"],
            "rises_with": ["", "orders_days_since_last"],
            "falls_with": [None, "orders_count_30d orders_count_90d"],
            "compared_with": ["", "orders_amount_sum_90d orders_count_30d"],
        }
    )
    plain, asking = load_targets(declared)
    assert plain.hints == {}
    assert asking.compared_with == ("orders_amount_sum_90d", "orders_count_30d")
    assert asking.hints == {
        "feature": "orders_count_90d",
        "monotone": {
            "orders_days_since_last": 1,
            "orders_count_30d": -1,
            "orders_count_90d": -1,
        },
    }
