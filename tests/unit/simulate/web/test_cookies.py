import numpy as np
import pytest

from tessera.simulate.web import cookies as cookies_module
from tessera.simulate.web.cookies import DAY, OF_PERSON, Spans, draw_cookies
from tessera.simulate.web.devices import APP, DESKTOP, MOBILE


@pytest.fixture
def nobody_clears(monkeypatch):
    never = dict.fromkeys(cookies_module.CLEARED_AFTER_DAYS, np.inf)
    monkeypatch.setattr(cookies_module, "CLEARED_AFTER_DAYS", never)


def draw(days, device, person=None):
    """Cookies of visits on some days, ten minutes each."""
    start = (np.array(days, np.float64) * DAY).astype(np.int64)
    people = np.zeros(len(days), np.int64) if person is None else np.array(person)
    spans = Spans(people, np.full(len(days), device, np.int8), start, start + 600_000)
    return draw_cookies(np.random.default_rng(1), spans, 2, 1_000 * DAY)


@pytest.mark.usefixtures("nobody_clears")
class TestKeptCookies:
    def test_one_device_has_one_cookie_until_it_is_lost(self):
        cookies, cookie = draw([10, 5, 300], DESKTOP)
        assert cookie.tolist() == [0, 0, 0]
        assert cookies.valid_from.tolist() == [5 * DAY]
        assert cookies.valid_to.tolist() == [1_000 * DAY]

    def test_a_cookie_ends_after_thirteen_months_and_the_next_takes_over(self):
        cookies, cookie = draw([0, 394, 396], DESKTOP)
        assert cookie.tolist() == [0, 0, 1]
        assert cookies.valid_to.tolist() == [396 * DAY, 1_000 * DAY]

    def test_the_app_keeps_its_id(self):
        assert draw([0, 394, 396, 900], APP)[1].tolist() == [0, 0, 0, 0]

    def test_people_have_cookies_of_their_own(self):
        cookies, cookie = draw([1, 2], DESKTOP, person=[1, 0])
        assert cookie.tolist() == [1, 0]
        assert cookies.person.tolist() == [0, 1]

    def test_a_forgetful_phone_loses_its_cookie_in_a_week(self, monkeypatch):
        monkeypatch.setattr(cookies_module, "FORGETFUL_SHARE", 1.0)
        assert draw([0, 6.9, 14.5], MOBILE)[1].tolist() == [0, 0, 1]
        assert draw([0, 6.9, 14.5], DESKTOP)[1].tolist() == [0, 0, 0]


def test_cookies_are_cleared_now_and_then():
    assert len(draw(np.arange(0, 900, 30), DESKTOP)[0]) > 2


def test_a_cookie_is_valid_until_its_last_step_even_beside_the_next_one(monkeypatch):
    at_once = dict.fromkeys(cookies_module.CLEARED_AFTER_DAYS, 1e-12)
    monkeypatch.setattr(cookies_module, "CLEARED_AFTER_DAYS", at_once)
    cookies, _ = draw([1, 1.001], DESKTOP)
    assert cookies.valid_to.tolist() == [DAY + 600_001, 1_000 * DAY]


def test_no_visits_have_no_cookies():
    cookies, cookie = draw([], DESKTOP)
    assert len(cookies) == 0
    assert len(cookie) == 0


def test_every_step_lies_within_the_validity_of_its_cookie(traffic):
    cookie = traffic.cookie[traffic.steps.visit]
    assert (traffic.steps.time >= traffic.cookies.valid_from[cookie]).all()
    assert (traffic.steps.time < traffic.cookies.valid_to[cookie]).all()


def test_a_cookie_of_a_person_is_carried_by_that_person_alone(traffic):
    mine = traffic.cookies.kind[traffic.cookie] == OF_PERSON
    np.testing.assert_array_equal(
        traffic.cookies.person[traffic.cookie[mine]], traffic.person[mine]
    )


def test_people_have_several_cookies_over_time(traffic):
    per_person = np.bincount(traffic.cookies.person[traffic.cookies.kind == OF_PERSON])
    assert 2 < per_person[per_person > 0].mean() < 12
