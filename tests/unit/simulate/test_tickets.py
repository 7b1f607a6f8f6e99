import numpy as np
import pytest

from tessera.simulate.block import draw_block
from tessera.simulate.fulfilment import CANCELLED, PLACES, RETURNED
from tessera.simulate.remarks import OF_PARCELS
from tessera.simulate.tickets import about_orders, tickets
from tessera.simulate.words import TOPICS
from tests.unit.simulate.conftest import small_world


@pytest.fixture(scope="module")
def large():
    return draw_block(small_world(customers=5_000), 0)


@pytest.fixture(scope="module")
def remarks(large):
    return about_orders(np.random.default_rng(1), large)


def topics(remarks):
    return np.array(TOPICS)[remarks.topic]


def test_nobody_waits_for_the_parcel_of_what_they_carried_home(large, remarks):
    in_store = large.fulfilment.place[remarks.order] == PLACES.index("store")
    assert in_store.sum() > 50
    assert not np.isin(topics(remarks)[in_store], OF_PARCELS).any()
    assert "late_delivery" in topics(remarks)[~in_store]


def test_nobody_complains_of_what_they_cancelled(large, remarks):
    is_cancelled = large.fulfilment.fate[remarks.order] == CANCELLED
    said = set(topics(remarks)[is_cancelled])
    assert said
    assert not said & {"late_delivery", "wrong_item", "damaged_item", "product_question"}


def test_a_refund_is_asked_for_after_the_return_and_the_way_back_about_then(large, remarks):
    after = remarks.day - large.fulfilment.settled_day[remarks.order]
    refund, process = (topics(remarks) == each for each in ("refund", "return_process"))
    assert refund.sum() > 50
    assert (after[refund] > 0).all()
    assert (np.abs(after[process]) <= 5).all()
    assert (after[process] > 0).mean() > 0.5


def test_every_ticket_about_an_order_is_written_after_it(large, remarks):
    assert (remarks.day > large.baskets.day[remarks.order]).all()


def test_whoever_leaves_because_of_a_return_has_sent_something_back(large):
    _, truth, _ = tickets(large)
    said = truth.to_pandas()
    person = said.person[said.topic.isin(["refund", "return_process"])]
    is_back = large.fulfilment.fate >= RETURNED
    assert set(person) <= set(large.people.number[large.baskets.person[is_back]])
