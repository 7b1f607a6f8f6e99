from __future__ import annotations

import pandas as pd
import pytest

from tessera.segmentation.features import SegmentationError
from tessera.segmentation.over_time.damping import DECLARED
from tessera.segmentation.over_time.fitted_damping import Calm, fit_damping
from tessera.segmentation.over_time.rehearsal import place_past


@pytest.fixture
def wavering(orders, reign):
    """Half the customers waver at a border, a month on each side of it."""
    months = []
    for month, wavers in enumerate((3, 4, 3, 4), start=1):
        customers = orders(f"2024-0{month}-01", ada=(wavers, wavers / 2), ben=(14, 7))
        months.append((pd.Timestamp(2024, month, 1), customers))
    return place_past(months, reign.model, 90)


def test_a_restless_shop_gets_the_least_damping_that_makes_it_calm(wavering, reign):
    # at 4 orders she is a seventh of the typical member clearer elsewhere
    found = fit_damping(wavering, reign, Calm(0.08, 0.64)).clearness
    assert 1 / 7 < found <= 1 / 7 + 0.01


def test_a_calm_shop_is_not_damped(wavering, reign):
    assert fit_damping(wavering, reign, Calm(0.5)).clearness == 0.0


def test_there_is_a_most_that_is_asked_of_a_move(wavering, reign):
    assert fit_damping(wavering, reign, Calm(0.08, 0.1)).clearness == 0.1


def test_without_two_months_the_declared_rule_holds(wavering, reign):
    assert fit_damping(wavering[:1], reign) == DECLARED


@pytest.mark.parametrize("wrong", [{"most_change": 0.0}, {"most_clearness": 11.0}])
def test_calm_that_means_nothing_is_refused(wrong):
    with pytest.raises(SegmentationError):
        Calm(**wrong)
