import numpy as np
import pytest

from tessera.simulate.block import draw_block
from tessera.simulate.feedback import draw_reviews
from tessera.simulate.fulfilment import CANCELLED, PLACES
from tessera.simulate.remarks import OF_PARCELS
from tessera.simulate.words import TOPICS
from tests.unit.simulate.conftest import small_world


@pytest.fixture(scope="module")
def large():
    return draw_block(small_world(customers=5_000), 0)


@pytest.fixture(scope="module")
def reviews(large):
    return draw_reviews(np.random.default_rng(1), large)


def test_nobody_reviews_what_they_cancelled(large, reviews):
    assert len(reviews) > 1_000
    assert not (large.fulfilment.fate[reviews.order] == CANCELLED).any()


def test_nobody_reviews_the_delivery_of_what_they_carried_home(large, reviews):
    in_store = large.fulfilment.place[reviews.order] == PLACES.index("store")
    said = np.array(TOPICS)[reviews.topic]
    assert not np.isin(said[in_store], OF_PARCELS).any()
    assert "late_delivery" in said[~in_store]


def test_a_review_comes_after_the_order(large, reviews):
    assert (reviews.day > large.baskets.day[reviews.order]).all()
