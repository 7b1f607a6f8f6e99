import datetime as dt
from types import SimpleNamespace

import numpy as np
import pytest

from tessera.simulate.calendar import Calendar
from tessera.simulate.crm.lifecycle import STAGES, Lifecycle, last_reviews, reviews
from tessera.simulate.fulfilment import CANCELLED, COMPLETED


def lifecycle_of(*orders, account_day=np.inf):
    """One person's orders (day, fate)."""
    day = np.array([day for day, _ in orders], dtype=np.float64)
    block = SimpleNamespace(
        baskets=SimpleNamespace(person=np.zeros(len(orders), np.int64), day=day),
        fulfilment=SimpleNamespace(fate=np.array([fate for _, fate in orders], np.int8)),
        identities=SimpleNamespace(account_day=np.array([account_day])),
        world=SimpleNamespace(calendar=Calendar(dt.date(2024, 1, 1), dt.date(2025, 1, 1))),
    )
    return Lifecycle.of(block)


def stage(lifecycle, day):
    return STAGES[lifecycle.stages(np.array([0]), np.array([float(day)]))[0]]


def test_somebody_without_an_order_is_a_subscriber_and_with_an_account_a_lead():
    lifecycle = lifecycle_of(account_day=10.0)
    assert stage(lifecycle, 5) == "subscriber"
    assert stage(lifecycle, 15) == "lead"


def test_a_cancelled_order_makes_no_customer():
    lifecycle = lifecycle_of((10, CANCELLED), (20, COMPLETED), account_day=0.0)
    assert stage(lifecycle, 15) == "lead"
    assert stage(lifecycle, 25) == "customer"


@pytest.mark.parametrize(
    ("day", "expected"), [(31, "customer"), (41, "loyal"), (215, "loyal"), (225, "lapsed")]
)
def test_four_orders_a_year_are_loyal_and_half_a_year_of_silence_is_lapsed(day, expected):
    lifecycle = lifecycle_of(*((each, COMPLETED) for each in (10, 20, 30, 40)))
    assert stage(lifecycle, day) == expected


def test_a_change_is_noticed_at_the_review_of_the_next_month():
    lifecycle = lifecycle_of((-5, COMPLETED))
    record, day = lifecycle.changes(np.array([0]), np.array([-4.0]))
    # 180 days after 27 December is 24 June; the next review is on 1 July, day 182 of 2024
    assert record.tolist() == [0]
    assert day.tolist() == [182 + 3 / 24]


def test_reviews_are_the_first_night_of_every_month():
    calendar = Calendar(dt.date(2024, 1, 1), dt.date(2025, 1, 1))
    times = reviews(calendar)
    assert times[times >= 0][:3].tolist() == [0.125, 31.125, 60.125]
    assert times[-1] == 335.125
    assert last_reviews(calendar, np.array([31.0, 31.125])).tolist() == [0.125, 31.125]
