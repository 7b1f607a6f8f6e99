import dataclasses

import numpy as np
import pytest

from tessera.simulate.lifetimes import Lifetimes
from tessera.simulate.people import draw_people
from tessera.simulate.purchases import at_habitual_hours, draw_purchases, life_stages
from tessera.simulate.seasons import Seasons
from tessera.simulate.world import random_stream

COUNT = 2_000


@pytest.fixture(scope="module")
def people(world):
    """Everybody joins on the first day, buys ten times a year, and never moves."""
    drawn = draw_people(random_stream(1, 0, "people"), world.calendar, 0, COUNT)
    return dataclasses.replace(
        drawn,
        joined_day=np.zeros(COUNT),
        moves_day=np.full(COUNT, np.inf),
        is_prospect=np.zeros(COUNT, bool),
        rate=np.full(COUNT, 10 / 365),
    )


@pytest.fixture(scope="module")
def flat(world):
    """A year in which every day is like the other."""
    factor = np.ones_like(world.seasons.factor)
    total = np.concatenate([np.zeros((len(factor), 1)), np.cumsum(factor, axis=1)], axis=1)
    return Seasons(factor, total)


def lives(decline, churn):
    never = np.full(COUNT, np.inf)
    ends = (np.full(COUNT, float(day)) for day in (decline, churn))
    return Lifetimes(*ends, never, never, never)


def drawn(people, lifetimes, seasons):
    stages = life_stages(people, lifetimes, 730)
    return draw_purchases(random_stream(1, 0, "purchases"), people, stages, seasons)


def test_the_first_order_is_placed_on_joining_and_none_after_churn(people, flat):
    orders, _ = drawn(people, lives(300, 365), flat)
    assert np.bincount(orders.person[orders.day == 0]).tolist() == [1] * COUNT
    assert orders.day.max() < 365


def test_orders_come_at_the_rate_of_their_person(people, flat):
    poisson = dataclasses.replace(people, regularity=np.ones(COUNT, np.int8))
    orders, _ = drawn(poisson, lives(10_000, 20_000), flat)
    assert len(orders) / COUNT == pytest.approx(1 + 20, rel=0.02)


def test_orders_are_rarer_while_interest_fades(people, flat):
    orders, _ = drawn(people, lives(365, 730), flat)
    whole, fading = (orders.day < 365).sum() - COUNT, (orders.day >= 365).sum()
    assert fading / whole == pytest.approx(0.55, rel=0.1)


def test_a_higher_regularity_makes_gaps_more_even(people, flat):
    def spread(regularity):
        steady = dataclasses.replace(people, regularity=np.full(COUNT, regularity, np.int8))
        orders, _ = drawn(steady, lives(10_000, 20_000), flat)
        gaps = np.diff(orders.day)[np.diff(orders.person) == 0]
        return gaps.std() / gaps.mean()

    # a Gamma with shape k varies by 1 / sqrt(k); the end of the history cuts the longest gaps
    assert spread(1) == pytest.approx(1, abs=0.06)
    assert spread(3) == pytest.approx(1 / np.sqrt(3), abs=0.06)


def test_orders_are_sorted_by_person_and_time(people, flat):
    orders, _ = drawn(people, lives(300, 365), flat)
    same = np.diff(orders.person) == 0
    assert (np.diff(orders.person) >= 0).all()
    assert (np.diff(orders.day)[same] >= 0).all()


def test_hours_are_habitual_and_leave_no_life(world, people, flat):
    lifetimes = lives(300, 365)
    orders, _ = drawn(people, lifetimes, flat)
    moved = at_habitual_hours(random_stream(1, 0, "hours"), people, lifetimes, orders)
    assert (moved.day >= people.joined_day[moved.person]).all()
    assert (moved.day < lifetimes.churn_day[moved.person]).all()
    night_owls = np.abs(people.peak_hour - 21) < 1
    hours = moved.day[night_owls[moved.person] & (moved.day > 0)] % 1 * 24
    assert 19 < np.median(hours) < 23


def test_prospects_never_buy(people, flat):
    prospects = dataclasses.replace(people, is_prospect=np.ones(COUNT, bool))
    orders, _ = drawn(prospects, lives(300, 365), flat)
    assert len(orders) == 0
