"""Rows that are delivered again, restated, or late."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.dirt.kinds import Changes, Kind, Outcome, Rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

MEAN_HOURS_AGAIN = 6.0
MEAN_DAYS_RESTATED = 3.0
MEAN_HOURS_LATE = 30.0


def _unchanged(_: Rows, __: str) -> Changes:
    return {}


def _recorded_again(rows: Rows, _: str) -> Changes:
    return {"recorded_at": _moved(rows, "recorded_at", _hours(rows, MEAN_HOURS_AGAIN))}


def _restated_amount(rows: Rows, _: str) -> Changes:
    """Correct the amount by up to a tenth, and write it down anew."""
    amount = pc.cast(rows.table["amount"].combine_chunks(), pa.float64())
    factor = pa.array(rows.rng.uniform(0.9, 1.1, len(rows)))
    corrected = pc.round(pc.multiply(amount, factor), 2)
    recorded = _moved(rows, "recorded_at", _hours(rows, 24 * MEAN_DAYS_RESTATED))
    return {"amount": corrected, "recorded_at": recorded}


def _late(rows: Rows, _: str) -> Changes:
    return {"recorded_at": _moved(rows, "recorded_at", _hours(rows, MEAN_HOURS_LATE))}


def _received_late(rows: Rows, _: str) -> Changes:
    """Let a telephone send its events when it is back in the net."""
    hours = _hours(rows, MEAN_HOURS_LATE)
    changes = {"received_at": _moved(rows, "received_at", hours)}
    if "recorded_at" in rows.table.column_names:
        received = changes["received_at"]
        recorded = rows.table["recorded_at"].combine_chunks()
        later = pc.max_element_wise(recorded, received.cast(recorded.type))
        changes["recorded_at"] = pc.if_else(pc.is_valid(recorded), later, recorded)
    return changes


def _is_recorded(column: str) -> Callable[[Rows, str], pa.Array]:
    def is_before_export(rows: Rows, _: str) -> pa.Array:
        return pa.array(rows.times(column) < rows.as_of.astype("datetime64[us]"))

    return is_before_export


def _hours(rows: Rows, mean: float) -> NDArray[np.timedelta64]:
    seconds = 60 + rows.rng.exponential(mean * 3_600, len(rows))
    return seconds.astype("timedelta64[s]").astype("timedelta64[us]")


def _moved(rows: Rows, column: str, delay: NDArray[np.timedelta64]) -> pa.Array:
    """Return times after a delay, at most half of what is left until the export."""
    times = rows.times(column)
    left = rows.as_of.astype("datetime64[us]") - times
    moved = times + np.minimum(delay, left // 2)
    return pa.array(moved).cast(rows.table.schema.field(column).type)


EXACT_DUPLICATES = Kind("exact_duplicate", Outcome.DUPLICATE, _unchanged, is_added=True)
LATER_DUPLICATES = Kind(
    "later_duplicate",
    Outcome.DUPLICATE,
    _recorded_again,
    needs=("recorded_at",),
    eligible=_is_recorded("recorded_at"),
    is_added=True,
)
RESTATED_ORDERS = Kind(
    "restated_order",
    Outcome.DUPLICATE,
    _restated_amount,
    needs=("amount", "recorded_at"),
    eligible=_is_recorded("recorded_at"),
    is_added=True,
)
LATE_ROWS = Kind(
    "late_row",
    Outcome.KEPT,
    _late,
    needs=("recorded_at",),
    eligible=_is_recorded("recorded_at"),
)
LATE_EVENTS = Kind(
    "late_event",
    Outcome.KEPT,
    _received_late,
    needs=("received_at",),
    eligible=_is_recorded("received_at"),
)
