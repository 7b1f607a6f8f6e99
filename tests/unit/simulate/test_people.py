from dataclasses import fields

import numpy as np
import pytest

from tessera.simulate.leanings import Leanings
from tessera.simulate.people import COUNTRIES, draw_people
from tessera.simulate.personas import PERSONAS, typical


@pytest.fixture(scope="module")
def people(world):
    return draw_people(np.random.default_rng(3), world.calendar, 0, 20_000)


def test_a_person_leans_one_way_until_they_move_and_another_from_then_on(people):
    mover = np.flatnonzero(np.isfinite(people.moves_day))[:1]
    day = people.moves_day[mover]
    for leaning in ("persona", "price_sensitivity", "opens"):
        assert people.of(leaning, mover, day - 0.01) == getattr(people, leaning)[mover]
        assert people.of(leaning, mover, day) == getattr(people.later, leaning)[mover]


def test_whoever_stays_leans_the_same_way_for_ever(people):
    stays = np.isinf(people.moves_day)
    last = people.at(1e9)
    for leaning in fields(Leanings):
        first, end = (getattr(each, leaning.name)[stays] for each in (people, last))
        np.testing.assert_array_equal(first, end)


def test_every_leaning_of_those_who_moved_is_that_of_the_later_persona(people):
    moved = np.isfinite(people.moves_day)
    for leaning in ("lines", "price_tier", "price_sensitivity", "mobile_share", "opens", "clicks"):
        for persona in range(len(PERSONAS)):
            mine = moved & (people.later_persona == persona)
            usual = typical(leaning, np.array([persona]))
            assert getattr(people.later, leaning)[mine].mean() == pytest.approx(usual, abs=0.15)


def test_americans_shop_in_their_own_evening(people):
    """The clock at home is six hours behind UTC there, and one ahead in Germany."""
    regular = people.persona == [each.name for each in PERSONAS].index("everyday_regular")
    for country, noon in (("DE", 10.0), ("GB", 11.0), ("US", 17.0)):
        hour = people.peak_hour[regular & (people.country == COUNTRIES.index(country))]
        apart = (hour - noon + 12) % 24 - 12
        assert abs(apart.mean()) < 0.5
