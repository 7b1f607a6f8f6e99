"""Rules read what is published; a cell of RFM is told among the buyers of a year."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks.at_risk import RULES, complaints_of_regulars, highest, rfm_cells
from benchmarks.segment_truth import TrueShop, agreements, choose_rule, found


@pytest.fixture
def customers() -> pd.DataFrame:
    """Ten regulars: the first four complain, the last four have not come for long."""
    return pd.DataFrame(
        {
            "customer_id": [f"c{number}" for number in range(10)],
            "segment_id": ["s1"] * 6 + ["s2"] * 4,
            "segment_name": ["Champions"] * 6 + ["At risk"] * 4,
            "churn_30d": [0.2, 0.3, 0.1, 0.4, 0.1, 0.1, None, None, None, None],
            "orders_count_180d": [5] * 6 + [0] * 4,
            "orders_count_365d": [9, 8, 7, 6, 5, 5, 9, 8, 1, 0],
            "orders_days_since_last": [1, 2, 3, 4, 5, 6, 200, 210, 220, 500],
            "orders_amount_sum_365d": [90.0, 80, 70, 60, 50, 50, 90, 80, 10, 0],
            "tickets_count_90d": [3, 2, 1, 1, 0, 0, 0, 0, 0, 0],
            "persona": ["at_risk_but_recoverable"] * 4 + ["everyday_regular"] * 2 + ["dormant"] * 4,
        }
    )


def test_who_complains_more_per_order_stands_higher_and_chances_break_ties(customers):
    order = np.argsort(-complaints_of_regulars(customers), kind="stable")
    assert order[:4].tolist() == [0, 1, 3, 2]


def test_no_rule_names_who_has_no_chance_of_churn_and_no_orders(customers):
    for rule in RULES.values():
        assert not rule(customers)[6:].any()


def test_the_cell_of_those_at_risk_holds_the_valuable_who_stayed_away(customers):
    cells = list(rfm_cells(customers).values())
    assert np.flatnonzero(cells[0]).tolist() == [6, 7]
    assert set(np.flatnonzero(cells[0])) <= set(np.flatnonzero(cells[1]))


def test_nobody_is_named_to_fill_a_depth():
    assert highest(np.array([0.0, 0.5, 0.0]), 2).tolist() == [False, True, False]


def test_the_rule_is_chosen_by_what_it_finds_and_told_beside_the_cell(customers):
    shop = TrueShop(customers, seed=1)
    assert choose_rule(shop).startswith("regulars by")
    cell, rule, *_ = found(shop, ["regulars by tickets per order"])
    assert (cell.named, cell.right, cell.precision[0]) == (2, 0, 0.0)
    assert (rule.named, rule.right, rule.precision[0], rule.recall[0]) == (2, 2, 1.0, 0.5)
    assert rule.recall_above_cell[0] == 0.5


def test_segments_that_follow_the_personas_agree_more_than_chance(customers):
    told = agreements(TrueShop(customers, seed=1))
    assert set(told) == {"tessera", "rfm_quintiles", "rfm_kmeans"}
    assert told["tessera"][0] > 0.3
