"""The truth about the future against what then happens to many people in the same state."""

import dataclasses
import itertools

import numpy as np
import pytest

from tessera.simulate.block import draw_block
from tessera.simulate.lifetimes import draw_lifetimes
from tessera.simulate.outlook import outlooks
from tessera.simulate.people import draw_people
from tessera.simulate.purchases import draw_purchases, life_stages
from tessera.simulate.world import random_stream
from tests.unit.simulate.conftest import small_world

COUNT = 20_000


@pytest.fixture(scope="module")
def future():
    world = small_world(customers=COUNT)
    people = draw_people(random_stream(5, 0, "people"), world.calendar, 0, COUNT)
    lifetimes = draw_lifetimes(random_stream(5, 0, "lifetimes"), people)
    stages = life_stages(people, lifetimes, world.calendar.last_day)
    orders, ticks = draw_purchases(random_stream(5, 0, "purchases"), people, stages, world.seasons)
    as_of = world.calendar.observed_days
    told = outlooks(people, lifetimes, ticks, world.seasons, as_of)
    return people, lifetimes, orders, as_of, told


def realised(orders, as_of, days):
    ahead = (orders.day >= as_of) & (orders.day < as_of + days)
    return np.bincount(orders.person[ahead], minlength=COUNT)


def test_probabilities_of_an_order_are_calibrated_in_every_tenth(future):
    _, _, orders, as_of, told = future
    for outlook in told:
        happened = realised(orders, as_of, outlook.horizon_days) > 0
        tenth = np.minimum((outlook.order_probability * 10).astype(int), 9)
        for each in np.unique(tenth):
            mine = tenth == each
            said = outlook.order_probability[mine]
            error = np.sqrt((said * (1 - said)).sum()) / mine.sum()
            assert abs(said.mean() - happened[mine].mean()) < 4 * error + 0.005


def test_expected_orders_add_up_to_what_is_ordered(future):
    _, _, orders, as_of, told = future
    for outlook in told:
        happened = realised(orders, as_of, outlook.horizon_days)
        assert outlook.expected_orders.sum() == pytest.approx(happened.sum(), rel=0.03)


def test_churn_is_as_frequent_as_told(future):
    people, lifetimes, _, as_of, told = future
    alive = (lifetimes.churn_day > as_of) & ~people.is_prospect
    for outlook in told:
        gone = lifetimes.churn_day[alive] < as_of + outlook.horizon_days
        assert outlook.churn_probability[alive].mean() == pytest.approx(gone.mean(), abs=0.01)


def test_the_gone_and_prospects_are_expected_to_do_nothing(future):
    people, lifetimes, _, as_of, told = future
    nobody = (lifetimes.churn_day <= as_of) | people.is_prospect
    assert not told[-1].order_probability[nobody].any()
    assert (told[-1].churn_probability[nobody] == 1).all()


def test_chances_grow_with_the_horizon(future):
    *_, told = future
    for shorter, longer in itertools.pairwise(told):
        assert (longer.order_probability >= shorter.order_probability - 1e-12).all()
        assert (longer.churn_probability >= shorter.churn_probability - 1e-12).all()


def test_another_block_holds_other_people():
    world = small_world(customers=40_000)
    first, second = (draw_block(world, number) for number in (0, 1))
    assert first.people.number[-1] + 1 == second.people.number[0]
    assert not np.array_equal(first.people.rate, second.people.rate)
    both = {*first.fulfilment.order_id.to_pylist()} & {*second.fulfilment.order_id.to_pylist()}
    assert not both


def test_settings_change_nothing_but_what_they_say():
    world = small_world()
    again = dataclasses.replace(world, settings=world.settings)
    assert np.array_equal(draw_block(world, 0).baskets.day, draw_block(again, 0).baskets.day)
