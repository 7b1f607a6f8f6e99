"""Persons are judged by whoever stands for them, also where nobody does."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks.sources.draws import Draws
from benchmarks.sources.judge import Judge

AT = pd.Timestamp("2025-06-01")


@pytest.fixture
def purchases():
    """Persons 1 and 2 stay away, 3 and 4 come again; 5 has not ordered for long."""
    rows = [
        ("a", 1, "2025-04-01"),
        ("b", 2, "2025-04-20"),
        ("c", 3, "2025-05-10"),
        ("d", 4, "2025-05-20"),
        ("e", 5, "2024-12-01"),
        ("c", 3, "2025-06-10"),
        ("d", 4, "2025-06-10"),
    ]
    frame = pd.DataFrame(rows, columns=["customer_id", "person", "ordered_at"])
    at = pd.to_datetime(frame["ordered_at"])
    ids = [f"o{number}" for number in range(len(frame))]
    return frame.assign(order_id=ids, ordered_at=at, known_at=at, amount=1.0)


def judge(purchases, *, is_churn):
    return Judge(purchases, Draws.of(np.arange(1, 6), seed=7, draws=5), 30, is_churn)


def test_promises_that_order_everybody_rightly_have_an_auc_of_one_in_every_draw(purchases):
    promised = pd.Series({"a": 0.9, "b": 0.8, "c": 0.2, "d": 0.1, "e": 0.0})
    aucs = judge(purchases, is_churn=True).of_promises(AT, promised, 0.5)
    assert aucs[~np.isnan(aucs)].tolist() == [1.0] * int((~np.isnan(aucs)).sum())


def test_who_has_not_ordered_for_90_days_cannot_leave_but_can_come_again(purchases):
    promised = pd.Series({"a": 0.1, "b": 0.2, "c": 0.8, "d": 0.9, "e": 1.0})
    assert judge(purchases, is_churn=True).of_promises(AT, 1 - promised, 0.5)[0] == 1.0
    assert judge(purchases, is_churn=False).of_promises(AT, promised, 0.5)[0] == pytest.approx(
        4 / 6
    )


def test_who_is_nobody_in_the_variant_gets_what_is_promised_to_anybody(purchases):
    promised = pd.Series({"b": 0.8, "c": 0.2, "d": 0.6})
    assert judge(purchases, is_churn=True).of_promises(AT, promised, 0.5)[0] == pytest.approx(3 / 4)


def test_recency_speaks_for_churn_and_against_another_purchase(purchases):
    assert judge(purchases, is_churn=True).of_recency(AT)[0] == 1.0
    assert judge(purchases, is_churn=False).of_recency(AT)[0] == 1.0
