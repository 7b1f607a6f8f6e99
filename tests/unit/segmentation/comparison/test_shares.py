from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tessera.segmentation import outcomes
from tessera.segmentation.comparison.pasts import Past
from tessera.segmentation.comparison.shares import DRAWS, explained_shares, person_weights


def test_every_draw_gives_what_the_single_figure_would():
    random = np.random.default_rng(3)
    values, labels = random.random(50), random.integers(0, 4, 50)
    weights = random.poisson(1.0, (50, 6)).astype(float)
    each = [outcomes.explained_share(values, labels, draw) for draw in weights.T]
    assert explained_shares(values, labels, weights) == pytest.approx(each)


def test_who_is_not_asked_does_not_count():
    values = np.array([1.0, 2.0, np.nan])
    assert explained_shares(values, np.array([0, 1, 5]), np.ones((3, 1))).tolist() == [1.0]
    assert np.isnan(
        explained_shares(np.full(3, np.nan), np.array([0, 1, 5]), np.ones((3, 2)))
    ).all()


def test_a_person_weighs_alike_at_every_past():
    people = [pd.DataFrame({"customer_id": ids}) for ids in (["ann", "bob"], ["bob", "cid"])]
    weights = person_weights([Past(each, each, {}) for each in people], seed=1)
    assert weights[0].shape == (2, 1 + DRAWS)
    assert weights[0][1].tolist() == weights[1][0].tolist()
    assert weights[0][:, 0].tolist() == [1.0, 1.0]
