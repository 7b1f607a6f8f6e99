from __future__ import annotations

import numpy as np
import pandas as pd

from tessera.segmentation.choice.sizes import Sizes


def counted(customers, spend_shares=None):
    shares = np.full(len(customers), np.nan) if spend_shares is None else np.array(spend_shares)
    return Sizes(np.array(customers), shares)


def test_members_and_spend_are_counted_per_segment():
    customers = pd.DataFrame({"orders_amount_sum_365d": [10.0, 20.0, None, 70.0]})
    sizes = Sizes.of(customers, np.array([0, 0, 1, 2]), 3)
    assert sizes.customers.tolist() == [2, 1, 1]
    assert sizes.spend_shares.round(2).tolist() == [0.3, 0.0, 0.7]


def test_without_spend_nobody_is_valuable():
    sizes = Sizes.of(pd.DataFrame({"customer_id": ["a", "b"]}), np.array([0, 1]), 2)
    assert np.isnan(sizes.spend_shares).all()


def test_five_in_a_hundred_are_enough_and_four_are_not():
    assert counted([95, 5]).too_small().tolist() == []
    assert counted([96, 4]).too_small().tolist() == [1]


def test_a_thousand_are_enough_in_any_shop():
    assert counted([999_000, 1_000]).too_small().tolist() == []
    assert counted([999_001, 999]).too_small().tolist() == [1]


def test_a_small_segment_is_allowed_when_it_spends_twice_its_share():
    """Four of a hundred customers spend 8 % of all: twice their share of the heads."""
    assert counted([96, 4], [0.92, 0.08]).too_small().tolist() == []
    assert counted([96, 4], [0.93, 0.07]).too_small().tolist() == [1]


def test_even_a_valuable_segment_has_a_floor():
    """The floor is 50 of 1,000, and a quarter of it for the valuable."""
    assert counted([987, 13], [0.5, 0.5]).too_small().tolist() == []
    assert counted([988, 12], [0.5, 0.5]).too_small().tolist() == [1]


def test_the_smallest_of_the_too_small_comes_first():
    assert counted([990, 7, 3]).too_small().tolist() == [2, 1]


def test_an_empty_segment_is_too_small():
    smallest, _, floor, small = (measure.value for measure in counted([10, 0]).measures())
    assert (smallest, floor, small) == (0.0, 5.0, 1.0)
