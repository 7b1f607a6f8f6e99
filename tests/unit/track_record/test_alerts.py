"""A border is chosen in the past, and an alert counts from when it stood for good."""

import numpy as np
import pandas as pd
import pytest

from tessera.bootstrap import Scored
from tessera.track_record import alerts
from tessera.track_record.alerts import Alerts, choose_border, first_alerts, raise_alerts

JANUARY, FEBRUARY, MARCH, APRIL = pd.date_range("2026-01-01", periods=4, freq="MS")


def scored(**people):
    """Whom a month scores, by name: the score, and whether they then bought nothing."""
    told = list(people.values())
    return Scored(
        customer_ids=np.array(list(people)),
        labels=np.array([float(label) for _, label in told]),
        probabilities=np.array([float(score) for score, _ in told]),
    )


@pytest.fixture(autouse=True)
def _few_are_enough(monkeypatch):
    monkeypatch.setattr(alerts, "FEWEST_ALERTS", 2)


PAST = scored(a=(0.9, 1), b=(0.8, 1), c=(0.7, 0), d=(0.6, 1), e=(0.5, 0), f=(0.1, 0))


@pytest.mark.parametrize(
    ("precision", "border"),
    [
        (1.0, 0.8),  # a and b
        (0.7, 0.6),  # three of four
        (0.6, 0.5),  # three of five
        (0.5, 0.1),  # three of six: everybody
    ],
)
def test_the_border_is_the_lowest_score_that_is_precise_enough(precision, border):
    assert choose_border([PAST], precision) == border


def test_equal_scores_are_alerted_together_or_not_at_all():
    alike = scored(a=(0.9, 1), b=(0.9, 1), c=(0.5, 1), d=(0.5, 0), e=(0.5, 0))
    assert choose_border([alike], 0.7) == 0.9


def test_a_handful_of_lucky_scores_chooses_no_border():
    assert choose_border([scored(a=(0.9, 1), b=(0.8, 0), c=(0.7, 0))], 0.9) == np.inf


def test_an_origin_does_not_choose_its_own_border():
    worse = scored(a=(0.9, 0), b=(0.8, 0), c=(0.7, 0))
    raised = raise_alerts([JANUARY, FEBRUARY], [PAST, worse], {1: [0]}, 1.0)
    assert (raised.origins, raised.borders) == ((FEBRUARY,), (0.8,))
    # a and b are alerted in February, and both bought: the promise of 1 came to nothing
    assert raised.labels.tolist() == [0.0, 0.0]


def alerted(*months):
    """Alerts of whoever stands in a month's text; a small letter is scored, and not alerted."""
    told = [{name.lower(): (float(name.isupper()), 1) for name in month} for month in months]
    instants = (JANUARY, FEBRUARY, MARCH, APRIL)[: len(months)]
    return Alerts(instants, (1.0,) * len(months), tuple(scored(**month) for month in told))


def first(raised, last_purchase):
    last = pd.Series([pd.Timestamp(last_purchase)], index=["a"])
    return first_alerts(raised, last).iloc[0]


def test_an_alert_counts_from_the_first_origin_of_an_unbroken_row():
    assert first(alerted("A", "A", "A"), "2026-02-14") == JANUARY


def test_an_alert_that_was_lifted_while_the_customer_bought_is_no_early_warning():
    assert first(alerted("A", "a", "A"), "2026-02-14") == MARCH


def test_an_alert_stands_no_longer_where_the_customer_was_not_scored():
    assert first(alerted("A", "", "A"), "2026-02-14") == MARCH


def test_after_the_last_purchase_an_alert_that_is_lifted_has_been_raised():
    assert first(alerted("a", "A", "a"), "2026-01-14") == FEBRUARY


def test_an_origin_at_the_instant_of_the_last_purchase_comes_before_it():
    assert first(alerted("a", "A", "A"), FEBRUARY) == FEBRUARY
    assert pd.isna(first(alerted("A", "a", "a"), FEBRUARY))


def test_an_alert_is_awaited_for_ninety_days():
    ninety = pd.Timedelta(days=90)
    late = alerted("a", "a", "a", "A")
    assert pd.isna(first(late, APRIL - ninety))
    assert first(late, APRIL - ninety + pd.Timedelta(microseconds=1)) == APRIL


def test_whoever_is_never_alerted_has_no_first_alert():
    assert pd.isna(first(alerted("a", "aB", "a"), "2026-01-14"))
