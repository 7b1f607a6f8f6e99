from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tessera.segmentation.comparison.shares import mean_shares, person_weights
from tessera.segmentation.outcomes import DRAWS, Origin


def at(ids: list[str], spend: list[float]) -> Origin:
    people = pd.DataFrame({"customer_id": ids})
    return Origin(people, people, {"amount_90d": np.array(spend)})


def test_a_person_weighs_alike_at_every_past_and_in_the_first_draw_like_all():
    weights = person_weights([at(["ann", "bob"], [0, 0]), at(["bob", "cid"], [0, 0])], seed=1)
    assert weights[0].shape == (1 + DRAWS, 2)
    assert weights[0][:, 1].tolist() == weights[1][:, 0].tolist()
    assert weights[0][0].tolist() == [1.0, 1.0]


def test_the_figure_is_the_mean_over_the_pasts():
    """All is explained at one past, nothing at the other."""
    pasts = [at(["ann", "bob"], [1.0, 5.0]), at(["ann", "bob", "cid"], [1.0, 5.0, 3.0])]
    labels = [np.array([0, 1]), np.array([0, 0, 1])]
    alike = [np.ones((1, 2)), np.ones((1, 3))]
    assert mean_shares(pasts, labels, "amount_90d", alike) == pytest.approx([0.5])


def test_who_is_not_asked_does_not_count():
    past = at(["ann", "bob", "cid"], [1.0, 2.0, np.nan])
    told = mean_shares([past], [np.array([0, 1, 5])], "amount_90d", [np.ones((1, 3))])
    assert told == pytest.approx([1.0])
