import numpy as np

from tessera.simulate.web.items import RESEARCHER
from tessera.simulate.web.steps import MILLISECONDS, PRICE_COMPARISON
from tessera.simulate.web.visits import (
    BROWSE,
    KIOSK,
    ORDER,
    RESEARCH,
    STORE,
    draw_kiosk_visits,
    draw_visits,
)


def per_day(block, visits, begins, ends):
    """Visits per person and day between two moments of each life, within what is shown."""
    begins = np.clip(begins, 0, block.world.calendar.observed_days)
    ends = np.clip(ends, begins, block.world.calendar.observed_days)
    in_phase = (visits.day >= begins[visits.person]) & (visits.day < ends[visits.person])
    return in_phase.sum() / (ends - begins).sum()


def test_visits_decline_before_churn_and_nearly_stop_after_it(block):
    visits = draw_visits(np.random.default_rng(1), block)
    lives = block.lifetimes
    whole = per_day(block, visits, block.people.joined_day, lives.decline_day)
    fading = per_day(block, visits, lives.decline_day, lives.churn_day)
    gone = per_day(block, visits, lives.churn_day, np.full(len(block.people), np.inf))
    assert fading < 0.75 * whole
    assert gone < 0.1 * whole


def test_visits_without_intention_decline_as_engagement_does(block):
    visits = draw_visits(np.random.default_rng(1), block)
    mid = (block.lifetimes.decline_day + block.lifetimes.churn_day) / 2
    idle = visits.purpose == BROWSE
    before = (visits.day < block.lifetimes.decline_day[visits.person]) & idle
    late = (visits.day >= mid[visits.person]) & idle
    late &= visits.day < block.lifetimes.churn_day[visits.person]
    shown = block.world.calendar.observed_days
    begins = np.clip(block.people.joined_day, 0, shown)
    days_before = np.clip(block.lifetimes.decline_day, begins, shown) - begins
    days_late = np.clip(block.lifetimes.churn_day, 0, shown) - np.clip(mid, 0, shown)
    assert late.sum() / days_late.sum() < 0.6 * before.sum() / days_before.sum()


def test_fading_interest_prepares_its_orders_less(block):
    visits = draw_visits(np.random.default_rng(1), block)
    order = visits.order[visits.purpose == RESEARCH]
    order = order[visits.persona[visits.purpose == RESEARCH] != RESEARCHER]
    day = block.baskets.day
    is_shown = (day > 0) & (day < block.world.calendar.observed_days)
    engaged = block.lifetimes.engagement(block.baskets.person, day)
    looks = np.bincount(order, minlength=len(day))
    assert looks[is_shown & (engaged < 0.5)].mean() < 0.7 * looks[is_shown & (engaged == 1)].mean()


def test_research_comes_before_the_order_that_it_prepares(block):
    visits = draw_visits(np.random.default_rng(1), block)
    mine = visits.purpose == RESEARCH
    ahead = block.baskets.day[visits.order[mine]] - visits.day[mine]
    assert mine.sum() > 0
    assert ahead.min() >= 1 / 24 - 1e-9
    assert ahead.max() < 30


def test_research_for_orders_after_as_of_is_shown(block):
    visits = draw_visits(np.random.default_rng(1), block)
    mine = visits.purpose == RESEARCH
    later = block.baskets.day[visits.order[mine]] >= block.world.calendar.observed_days
    assert later.any()


def test_researchers_compare_prices_more_often_than_others(block, traffic):
    compared = np.isin(
        np.arange(len(traffic)), traffic.steps.visit[traffic.steps.kind == PRICE_COMPARISON]
    )
    is_human = traffic.person >= 0
    is_researcher = is_human & (block.people.persona[traffic.person] == RESEARCHER)
    assert compared[is_researcher].mean() > 3 * compared[is_human & ~is_researcher].mean()


def test_people_come_at_about_their_favourite_hour(block, traffic):
    first = np.searchsorted(traffic.steps.visit, np.arange(len(traffic)))
    hour = traffic.steps.time[first] % MILLISECONDS / (MILLISECONDS / 24)
    mine = traffic.purpose == BROWSE
    day = traffic.steps.time[first] / MILLISECONDS
    off = hour[mine] - block.people.of("peak_hour", traffic.person[mine], day[mine])
    off = np.abs((off + 12) % 24 - 12)
    assert np.median(off) < 3


def test_who_signs_in_at_a_kiosk_orders_in_a_shop_soon_after(block):
    visits = draw_kiosk_visits(np.random.default_rng(1), block)
    assert len(visits) > 0
    assert (visits.purpose == KIOSK).all()
    for person, day in zip(visits.person, visits.day, strict=True):
        orders = (block.baskets.person == person) & (block.fulfilment.place == STORE)
        wait = block.baskets.day[orders] - day
        assert ((wait > 0) & (wait < 0.02)).any()


def test_every_order_that_is_not_placed_in_a_shop_has_its_visit(block):
    visits = draw_visits(np.random.default_rng(1), block)
    day = block.baskets.day
    shown = (day >= 0) & (day < block.world.calendar.observed_days)
    expected = np.flatnonzero(shown & (block.fulfilment.place != STORE))
    np.testing.assert_array_equal(np.sort(visits.order[visits.purpose == ORDER]), expected)
