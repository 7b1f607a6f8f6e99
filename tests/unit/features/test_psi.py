import math

import numpy as np
import pytest

from tessera.features.psi import MIN_ROWS, level_drift, number_drift


def halves(first, second):
    return np.repeat([first, second], MIN_ROWS // 2)


def expected_index(*shares):
    return sum((new - old) * math.log(new / old) for old, new in shares)


def test_the_index_is_the_published_sum_over_bins():
    before, after = np.repeat([0.0, 5.0], [600, 400]), np.repeat([0.0, 5.0], [400, 600])
    half = 0.5 / 1001  # half a row in each of two bins
    moved = (0.6 * 1000 / 1001 + half, 0.4 * 1000 / 1001 + half)
    assert number_drift(before, after) == pytest.approx(expected_index(moved, moved[::-1]))
    assert number_drift(before, after) == pytest.approx(2 * 0.2 * math.log(1.5), rel=0.01)


def test_the_order_of_rows_does_not_matter():
    values = np.random.default_rng(1).exponential(size=1000)
    later = values[::-1] * 1.2
    assert number_drift(values, later) == number_drift(np.sort(values), np.sort(later))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (halves(1.0, 2.0), halves(1.0, np.nan)),
        (halves(1.0, 2.0), halves(0.0, 2.0)),
        (halves(1.0, 2.0), halves(1.0, 7.0)),
        (halves(1.0, 2.0), halves(-1.0, 2.0)),
        (halves(3.0, 3.0), halves(7.0, 7.0)),
        (halves(np.nan, np.nan), halves(7.0, 7.0)),
    ],
    ids=["to null", "to zero", "above training", "below training", "constants", "from nothing"],
)
def test_what_half_of_the_rows_moved_to_is_drift(before, after):
    assert number_drift(before, after) > 1


def test_a_sample_of_the_same_population_does_not_drift():
    rng = np.random.default_rng(1)
    before, after = rng.exponential(size=(2, MIN_ROWS))
    assert number_drift(before, after) < 0.25


@pytest.mark.parametrize("drift", [number_drift, level_drift])
def test_of_few_rows_nothing_is_said(drift):
    few, many = np.zeros(MIN_ROWS - 1), np.zeros(MIN_ROWS)
    assert drift(few, many) is None
    assert drift(many, few) is None


def test_levels_that_training_did_not_see_are_one_bin():
    before = np.array(["de"] * 150 + ["fr"] * 150, dtype=object)
    others = np.array(["de"] * 150 + [f"x{i}" for i in range(150)], dtype=object)
    assert level_drift(before, others) > 1
    assert level_drift(before, before[::-1]) == 0


def test_a_level_that_became_null_is_drift():
    before = np.array(["de"] * 150 + ["fr"] * 150, dtype=object)
    assert level_drift(before, np.array(["de"] * 150 + [None] * 150, dtype=object)) > 1
