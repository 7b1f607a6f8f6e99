from dataclasses import replace

import numpy as np
import pytest

from tessera.simulate.fulfilment import PLACES
from tessera.simulate.settings import Dirt
from tessera.simulate.web.cookies import OF_BOT, OF_KIOSK, OF_PERSON
from tessera.simulate.web.devices import APP, DECLARED_BOT, DESKTOP, MOBILE
from tessera.simulate.web.steps import LOGIN
from tessera.simulate.web.traffic import draw_traffic
from tessera.simulate.web.visits import BOT, KIOSK, ORDER


@pytest.fixture(scope="module")
def clean(block):
    settings = replace(block.world.settings, dirt=Dirt.NONE)
    return draw_traffic(replace(block, world=replace(block.world, settings=settings)))


def test_a_clean_shop_has_neither_crawlers_nor_kiosks(clean):
    assert (clean.person >= 0).all()
    assert not np.isin(clean.purpose, [BOT, KIOSK]).any()
    assert (clean.cookies.kind == OF_PERSON).all()


def test_dirt_changes_nothing_in_what_people_do(clean, traffic):
    count = len(clean.steps)
    np.testing.assert_array_equal(traffic.steps.time[:count], clean.steps.time)
    np.testing.assert_array_equal(traffic.steps.kind[:count], clean.steps.kind)
    np.testing.assert_array_equal(traffic.cookie[: len(clean)], clean.cookie)


def test_crawlers_make_two_or_three_events_in_a_hundred(traffic):
    is_crawl = traffic.purpose[traffic.steps.visit] == BOT
    assert 0.01 < is_crawl.mean() < 0.04


def test_crawlers_are_fast_and_regular(traffic):
    steps = traffic.steps
    mine = steps.visit == np.flatnonzero(traffic.purpose == BOT)[0]
    pauses = np.diff(steps.time[mine])
    assert pauses.max() < 1_000
    assert np.ptp(pauses) <= 20


def test_some_crawlers_say_what_they_are_and_some_look_like_a_desk(traffic):
    devices = traffic.cookies.device[traffic.cookies.kind == OF_BOT]
    assert set(devices.tolist()) == {DECLARED_BOT, DESKTOP}


def test_a_kiosk_is_shared_by_people_who_sign_in_one_after_another(traffic):
    at_kiosk = traffic.purpose == KIOSK
    assert len(np.unique(traffic.person[at_kiosk])) > 3
    assert (traffic.cookies.kind[traffic.cookie[at_kiosk]] == OF_KIOSK).all()
    signed_in = traffic.steps.visit[traffic.steps.kind == LOGIN]
    assert np.isin(np.flatnonzero(at_kiosk), signed_in).all()


def test_orders_of_the_app_come_from_the_app_and_those_of_the_web_do_not(block, traffic):
    mine = traffic.purpose == ORDER
    in_app = traffic.cookies.device[traffic.cookie[mine]] == APP
    placed = block.fulfilment.place[traffic.order[mine]] == PLACES.index("app")
    np.testing.assert_array_equal(in_app, placed)


def test_after_the_drift_more_visits_come_by_phone(block, traffic):
    device = traffic.cookies.device[traffic.cookie]
    is_phone = (device == MOBILE) | (device == APP)
    first = np.searchsorted(traffic.steps.visit, np.arange(len(traffic)))
    is_late = traffic.steps.time[first] >= block.world.calendar.drift_day * 86_400_000
    is_human = (traffic.person >= 0) & (traffic.purpose != KIOSK)
    late, early = is_phone[is_human & is_late].mean(), is_phone[is_human & ~is_late].mean()
    assert late > early + 0.08


def test_most_people_use_one_to_three_devices(traffic):
    mine = traffic.cookies.kind == OF_PERSON
    pairs = np.unique(
        np.stack([traffic.cookies.person[mine], traffic.cookies.device[mine]]), axis=1
    )
    devices = np.bincount(pairs[0])
    devices = devices[devices > 0]
    assert devices.min() == 1
    assert (devices <= 3).mean() > 0.9
