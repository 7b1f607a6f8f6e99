from __future__ import annotations

import numpy as np
import pandas as pd

from tessera.hashing import hashed_shares

PEOPLE = pd.Series([f"c{number}" for number in range(5000)])


def test_a_customer_draws_the_same_number_whoever_else_is_there():
    among_all = hashed_shares(PEOPLE, "fold")
    alone = hashed_shares(PEOPLE[[17]], "fold")
    assert alone[0] == among_all[17]


def test_numbers_are_spread_evenly_in_zero_to_one():
    shares = hashed_shares(PEOPLE, "fold")
    assert shares.min() >= 0.0
    assert shares.max() < 1.0
    assert np.histogram(shares, bins=5, range=(0, 1))[0].min() > 900


def test_two_purposes_are_independent():
    fold, sample = hashed_shares(PEOPLE, "fold"), hashed_shares(PEOPLE, "sample")
    assert abs(np.corrcoef(fold, sample)[0, 1]) < 0.05


def test_nobody_draws_nothing():
    assert len(hashed_shares(PEOPLE.head(0), "fold")) == 0
