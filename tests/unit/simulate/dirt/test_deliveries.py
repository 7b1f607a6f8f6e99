import numpy as np

from tessera.simulate.dirt import deliveries
from tessera.simulate.dirt.kinds import Rows

AS_OF = np.datetime64("2026-01-01", "us")


def rows(table):
    return Rows(table, np.random.default_rng(5), AS_OF)


def test_a_late_row_is_recorded_later_and_still_before_the_export(orders):
    changes = deliveries.LATE_ROWS.change(rows(orders), "")
    late = changes["recorded_at"].to_numpy(zero_copy_only=False)
    assert (late > orders["recorded_at"].to_numpy()).all()
    assert (late < AS_OF).all()


def test_rows_recorded_after_the_export_cannot_come_late(orders):
    after = Rows(orders, np.random.default_rng(5), np.datetime64("2025-01-02T10:00", "us"))
    chosen = deliveries.LATE_ROWS.chosen(after, "")
    assert chosen.to_pylist() == [True] * 24 + [False] * 976


def test_an_event_received_late_is_not_recorded_before_it_was_received(events):
    changes = deliveries.LATE_EVENTS.change(rows(events), "")
    received = changes["received_at"].to_numpy(zero_copy_only=False)
    assert (received > events["received_at"].to_numpy()).all()
    assert (changes["recorded_at"].to_numpy(zero_copy_only=False) >= received).all()


def test_a_restated_order_differs_by_a_tenth_at_most_and_is_recorded_later(orders):
    changes = deliveries.RESTATED_ORDERS.change(rows(orders), "")
    factor = changes["amount"].to_numpy() / orders["amount"].to_numpy()
    assert 0.88 <= factor.min() < 0.95
    assert 1.05 < factor.max() <= 1.12
    recorded = changes["recorded_at"].to_numpy(zero_copy_only=False)
    assert (recorded > orders["recorded_at"].to_numpy()).all()
