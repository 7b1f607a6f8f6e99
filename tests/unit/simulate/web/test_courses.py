import numpy as np

from tessera.simulate.web.steps import (
    ADD_TO_CART,
    BEGIN_CHECKOUT,
    LOGIN,
    PAGE_VIEW,
    PURCHASE,
    REMOVE_FROM_CART,
    SEARCH,
    VIEW_ITEM,
    VIEW_ORDER,
)
from tessera.simulate.web.visits import ORDER


def visits_with(traffic, kind):
    """How many sessions of people have such a step."""
    visit = np.unique(traffic.steps.visit[traffic.steps.kind == kind])
    return int((traffic.person[visit] >= 0).sum())


def test_steps_of_a_visit_follow_each_other_in_time(traffic):
    is_next = np.diff(traffic.steps.visit) == 0
    assert (np.diff(traffic.steps.time)[is_next] > 0).all()


def test_no_visit_is_without_a_step(traffic):
    np.testing.assert_array_equal(np.unique(traffic.steps.visit), np.arange(len(traffic)))


def test_funnel_narrows(traffic):
    steps = [VIEW_ITEM, ADD_TO_CART, BEGIN_CHECKOUT, PURCHASE]
    counts = [visits_with(traffic, kind) for kind in steps]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] > 0


def test_carts_and_checkouts_are_abandoned_about_as_often_as_in_real_shops(traffic):
    purchases = visits_with(traffic, PURCHASE)
    assert 0.5 < 1 - purchases / visits_with(traffic, ADD_TO_CART) < 0.75
    assert 0.4 < 1 - purchases / visits_with(traffic, BEGIN_CHECKOUT) < 0.5


def test_an_order_is_the_last_step_of_its_visit(traffic):
    last = np.append(np.flatnonzero(np.diff(traffic.steps.visit)), len(traffic.steps) - 1)
    is_order = traffic.purpose == ORDER
    assert (traffic.steps.kind[last][is_order] == PURCHASE).all()
    assert int((traffic.steps.kind == PURCHASE).sum()) == int(is_order.sum())


def test_the_checkout_comes_after_the_cart(traffic):
    steps = traffic.steps
    checkout = np.flatnonzero(steps.kind == BEGIN_CHECKOUT)
    latest = np.full(len(traffic), -1)
    added = np.flatnonzero(steps.kind == ADD_TO_CART)
    latest[steps.visit[added]] = added
    is_whole = steps.time[checkout] > 86_400_000  # the first day cuts visits that began before it
    assert (latest[steps.visit[checkout]] < checkout)[is_whole].all()
    assert (latest[steps.visit[checkout]] >= 0)[is_whole].all()


def test_what_is_ordered_is_what_stays_in_the_cart(block, traffic):
    steps, baskets = traffic.steps, block.baskets
    order = np.where(traffic.purpose == ORDER, traffic.order, -1)
    is_whole = (order >= 0) & (baskets.day[order] > 1)  # the first day cuts visits
    shape = (len(baskets), len(block.world.catalogue.table))
    cart, ordered = np.zeros(shape, int), np.zeros(shape, int)
    for kind, change in ((ADD_TO_CART, 1), (REMOVE_FROM_CART, -1)):
        mine = (steps.kind == kind) & is_whole[steps.visit]
        np.add.at(cart, (order[steps.visit[mine]], steps.product[mine]), change)
    lines = np.isin(baskets.line_order, order[is_whole])
    np.add.at(ordered, (baskets.line_order[lines], baskets.product[lines]), 1)
    np.testing.assert_array_equal(cart, ordered)


def test_nothing_is_taken_out_that_was_not_put_in(traffic):
    out = np.flatnonzero(traffic.steps.kind == REMOVE_FROM_CART)
    assert len(out) > 0
    assert (traffic.steps.kind[out - 1] == ADD_TO_CART).all()
    assert (traffic.steps.product[out - 1] == traffic.steps.product[out]).all()


def test_nobody_signs_in_twice_in_one_visit(traffic):
    visits = traffic.steps.visit[traffic.steps.kind == LOGIN]
    assert len(np.unique(visits)) == len(visits)


def test_old_orders_are_looked_at_after_signing_in(traffic):
    signed_in = traffic.steps.visit[traffic.steps.kind == LOGIN]
    looks = traffic.steps.visit[traffic.steps.kind == VIEW_ORDER]
    assert len(looks) > 0
    assert np.isin(looks, signed_in).all()


def test_searches_are_about_something(traffic):
    assert (traffic.steps.product[traffic.steps.kind == SEARCH] >= 0).all()


def test_some_landings_are_the_front_page_and_some_a_category(traffic):
    landing = traffic.steps.product[traffic.steps.kind == PAGE_VIEW] >= 0
    assert 0.2 < landing.mean() < 0.8
