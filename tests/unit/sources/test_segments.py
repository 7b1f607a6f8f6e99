"""Segments of a variant's customers, told of persons."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks.sources.draws import Draws
from benchmarks.sources.segments import (
    SEGMENTS,
    agreement_drawn,
    placed_persons,
    stability_drawn,
)

AT = pd.Timestamp("2025-06-01")
PERSONS = np.arange(40)


@pytest.fixture
def draws():
    return Draws.of(PERSONS, seed=7, draws=25)


def test_persons_are_where_those_who_stand_for_them_are_and_nobody_is_a_group_of_its_own():
    ordered_at = pd.to_datetime(["2025-05-01", "2025-05-02", "2025-05-03"])
    purchases = pd.DataFrame(
        {"customer_id": ["a", "a", "gone"], "person": [1, 2, 3], "ordered_at": ordered_at}
    ).assign(known_at=ordered_at)
    customers = pd.DataFrame({"customer_id": ["a", "b"], "snapshot_at": AT})
    placed = placed_persons(purchases, customers, np.array([4, 5]))
    assert placed.labels.tolist() == [4, 4, SEGMENTS]


def test_the_same_groups_agree_wholly_and_draws_lie_around_the_figure(draws):
    personas = pd.Series(np.where(PERSONS < 20, "loyal", "dormant"), index=PERSONS)
    drawn = agreement_drawn((PERSONS < 20).astype(np.int64), PERSONS, personas, draws)
    assert drawn[0] == pytest.approx(1.0)
    assert drawn[1:].mean() == pytest.approx(drawn[0])


def test_agreement_of_groups_by_chance_is_about_nothing(draws):
    personas = pd.Series(np.where(PERSONS % 2 == 0, "loyal", "dormant"), index=PERSONS)
    drawn = agreement_drawn((PERSONS < 20).astype(np.int64), PERSONS, personas, draws)
    assert abs(drawn[0]) < 0.05


def test_heaps_far_apart_are_found_again_whoever_is_drawn(draws):
    points = np.repeat(np.arange(SEGMENTS) * 1000.0, 40)[:, None] + np.linspace(0, 1, 280)[:, None]
    persons = np.arange(280)
    stable = stability_drawn(points, Draws.of(persons, 7, draws=25).rows_of(persons), seed=7)
    assert stable.shape == (26,)
    assert stable[0] == pytest.approx(1.0)
