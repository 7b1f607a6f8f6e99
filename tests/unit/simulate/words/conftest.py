from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from tessera.simulate.words.labels import STYLES, Labels, draw_intents, intent_shares

PRODUCTS = ["electric kettle", "garden hose", "desk lamp", "pair of boots", None]


@pytest.fixture
def draw():
    """Labels and products of so many texts of a kind, evenly over all that people write."""

    def draw_all(kind, texts, seed=5):
        rng = np.random.default_rng(seed)
        cells = np.argwhere(intent_shares(kind).sum(axis=2) > 0).astype(np.int8)
        topic, sentiment = cells[rng.integers(len(cells), size=texts)].T
        intent = draw_intents(rng, kind, topic, sentiment)
        style = rng.integers(len(STYLES), size=texts).astype(np.int8)
        products = pa.array(PRODUCTS).take(pa.array(rng.integers(len(PRODUCTS), size=texts)))
        return Labels(sentiment, topic, intent, style), products

    return draw_all
