import numpy as np
import pytest

from tessera.simulate.baskets import expected_order_value, on_sale
from tessera.simulate.block import draw_block
from tessera.simulate.catalogue import draw_catalogue
from tessera.simulate.personas import PERSONAS
from tessera.simulate.world import random_stream
from tests.unit.simulate.conftest import small_world

BARGAIN_HUNTER = [each.name for each in PERSONAS].index("bargain_hunter")
YEAR = np.arange(731.0, 1096.0)


@pytest.fixture(scope="module")
def large():
    return draw_block(small_world(customers=10_000), 0)


def test_every_order_has_lines_and_every_line_an_order(block):
    baskets = block.baskets
    assert (np.diff(baskets.first_line) >= 1).all()
    assert np.array_equal(np.unique(baskets.line_order), np.arange(len(baskets)))


def test_a_gift_is_wrapped_in_its_last_line(block):
    baskets = block.baskets
    last = baskets.product[baskets.first_line[1:] - 1]
    assert (last[baskets.is_gift] == block.world.catalogue.wrapping).all()
    assert 0.02 < baskets.is_gift.mean() < 0.4


def test_nothing_of_the_new_category_is_sold_before_the_launch(world):
    launched = np.full(2, world.catalogue.launched)
    around = world.calendar.launch_day + np.array([-1.0, 0.0])
    sold = on_sale(world, launched, around)
    assert sold[0] != world.catalogue.launched
    assert sold[1] == world.catalogue.launched


def test_orders_are_worth_what_is_expected_of_their_people(large):
    baskets, catalogue = large.baskets, large.world.catalogue
    gross = catalogue.list_price[baskets.product] * baskets.quantity
    paid = baskets.summed(gross * (1 - baskets.discount[baskets.line_order]))
    people = [large.people.at(day) for day in (-np.inf, np.inf)]
    first, later = (expected_order_value(large.world, each, YEAR) for each in people)
    has_moved = baskets.day >= large.people.moves_day[baskets.person]
    expected = np.where(has_moved, later[baskets.person], first[baskets.person])
    # before the launch a category is missing, and in sales and after the drift more is taken off
    since = baskets.day >= large.world.calendar.launch_day
    paid, expected = paid[since], expected[since]
    assert paid.mean() == pytest.approx(expected.mean(), rel=0.05)
    dear = expected > np.median(expected)
    assert paid[dear].mean() == pytest.approx(expected[dear].mean(), rel=0.05)


def test_who_becomes_a_bargain_hunter_waits_for_discounts_like_one(large):
    people, baskets = large.people, large.baskets
    hunts = people.of("persona", baskets.person, baskets.day) == BARGAIN_HUNTER
    was_born_so = people.persona[baskets.person] == BARGAIN_HUNTER
    by_birth = (baskets.discount[hunts & was_born_so] > 0).mean()
    by_move = (baskets.discount[hunts & ~was_born_so] > 0).mean()
    before = np.isfinite(people.moves_day) & (people.later_persona == BARGAIN_HUNTER)
    before = before[baskets.person] & ~hunts
    assert (hunts & ~was_born_so).sum() > 200
    assert by_move == pytest.approx(by_birth, rel=0.12)
    assert (baskets.discount[before] > 0).mean() < 0.6 * by_move


def test_the_catalogue_has_every_shelf_filled_and_the_wrapping_apart():
    catalogue = draw_catalogue(random_stream(7, 0, "catalogue"))
    assert (catalogue.size > 0).all()
    assert catalogue.table["name"][catalogue.wrapping].as_py() == "Gift wrapping"
    assert catalogue.popularity[catalogue.category[catalogue.wrapping]] == 0
    assert len(catalogue.table) == len(catalogue.list_price) == len(catalogue.spoken_name)


def test_dear_shelves_are_dearer(world):
    price = draw_catalogue(random_stream(7, 0, "catalogue")).mean_price()
    assert (np.diff(price[:-1], axis=1) > 0).all()
