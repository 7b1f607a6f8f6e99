import numpy as np
import pytest

from tessera.simulate.lifetimes import Lifetimes, draw_lifetimes, renewed
from tessera.simulate.people import draw_people
from tessera.simulate.purchases import life_stages
from tessera.simulate.world import random_stream

COUNT, DAY = 4_000, 400.0
EVERYBODY = np.arange(COUNT)


@pytest.fixture(scope="module")
def lives(world):
    people = draw_people(random_stream(3, 0, "people"), world.calendar, 0, COUNT)
    before = draw_lifetimes(random_stream(3, 0, "lifetimes"), people)
    won = np.flatnonzero((before.decline_day < DAY) & (before.churn_day > DAY))
    return people, before, renewed(random_stream(3, 0, "renewed"), people, before, won, DAY), won


def test_interest_is_whole_then_fades_then_is_gone():
    never = np.array([np.inf])
    life = Lifetimes(np.array([100.0]), np.array([200.0]), never, never, never)
    days = np.array([99.0, 100.0, 150.0, 199.9, 200.0, 900.0])
    engaged = life.engagement(np.zeros(6, int), days)
    assert engaged.round(2).tolist() == [1.0, 1.0, 0.55, 0.1, 0.03, 0.03]


def test_winning_somebody_back_changes_nothing_of_the_past(lives):
    people, before, after, won = lives
    assert len(won) > 50
    for day in (0.0, 200.0, DAY - 1, DAY):
        days = np.full(COUNT, day)
        assert np.array_equal(before.engagement(EVERYBODY, days), after.engagement(EVERYBODY, days))
        assert np.array_equal(before.is_fading(EVERYBODY, day), after.is_fading(EVERYBODY, day))
    lived = [
        (stages.rate * np.clip(np.minimum(stages.ends, DAY) - stages.starts, 0, None)).sum(axis=1)
        for stages in (life_stages(people, each, 1_000) for each in (before, after))
    ]
    np.testing.assert_allclose(*lived)


def test_whoever_is_won_back_is_whole_again_and_stays_longer(lives):
    _, before, after, won = lives
    soon = np.full(len(won), DAY + 0.1)
    assert np.median(after.engagement(won, soon)) == 1
    assert np.median(after.churn_day[won]) > np.median(before.churn_day[won]) + 30


def test_the_others_live_as_before(lives):
    _, before, after, won = lives
    others = np.setdiff1d(EVERYBODY, won)
    assert np.array_equal(before.churn_day[others], after.churn_day[others])
