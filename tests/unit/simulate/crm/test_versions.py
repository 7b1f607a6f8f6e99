import datetime as dt
from types import SimpleNamespace

import numpy as np

from tessera.simulate.calendar import Calendar
from tessera.simulate.crm.versions import _in_order, next_second


def shown(*changes, created, merged=np.inf):
    """The days of one contact's versions, in days, of a shop that shows a year."""
    calendar = Calendar(dt.date(2025, 1, 1), dt.date(2026, 1, 1))
    records = SimpleNamespace(created_day=np.array([created]), merged_day=np.array([merged]))
    block = SimpleNamespace(world=SimpleNamespace(calendar=calendar))
    day = next_second(np.array([created, *changes]))
    _, day = _in_order(block, records, np.zeros(len(day), np.int64), day)
    return np.round(day, 4).tolist()


def test_versions_are_sorted():
    assert shown(20.0, 10.0, created=5.0) == [5.0, 10.0, 20.0]


def test_two_changes_in_a_second_are_one_version():
    assert shown(10.0, 10.0, created=5.0) == [5.0, 10.0]


def test_what_changes_before_creation_is_no_version():
    assert shown(2.0, created=5.0) == [5.0]


def test_a_contact_ends_with_its_merge():
    assert shown(10.0, 11.0, created=5.0, merged=10.0) == [5.0, 10.0]


def test_before_the_feeds_begin_only_the_newest_is_shown():
    assert shown(-3.0, -2.0, 4.0, created=-5.0) == [-2.0, 4.0]


def test_what_changes_at_as_of_is_not_shown():
    assert shown(364.9, 365.0, created=5.0) == [5.0, 364.9]


def test_different_seconds_stay_different_on_the_calendar():
    calendar = Calendar(dt.date(2025, 1, 1), dt.date(2026, 1, 1))
    seconds = np.arange(-50_000, 50_000)
    day = next_second((seconds - 0.5) / 86_400)
    since_start = calendar.at(day) - np.datetime64("2025-01-01")
    assert (since_start.astype("timedelta64[s]").astype(np.int64) == seconds).all()
