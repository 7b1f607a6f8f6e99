"""Devices whose clock is wrong: all their events are ahead or behind, by the same time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

DEVICE_COLUMNS = ("device_id", "anonymous_id")
SKEW_MEDIAN_MINUTES = 8.0
SKEW_SPREAD = 1.6
"""Standard deviation of the logarithm: most are minutes off, a few half a day."""


@dataclass(frozen=True)
class SkewedEvents:
    """Events after the clocks went wrong.

    Attributes
    ----------
    table
        The events.
    skewed
        Which of them come from a wrong clock, shape (rows,).
    """

    table: pa.Table
    skewed: NDArray[np.bool_]


def skew_clocks(table: pa.Table, share: float, rng: np.random.Generator) -> SkewedEvents:
    """Put the clocks of a share of the devices wrong, half of them ahead.

    Only events that say when they were received are moved: of the others nobody could tell.
    """
    present = [name for name in DEVICE_COLUMNS if name in table.column_names]
    is_timed = {"occurred_at", "received_at"} <= set(table.column_names)
    if not present or not is_timed or not table.num_rows or not share:
        return SkewedEvents(table, np.zeros(table.num_rows, dtype=bool))
    named = pc.coalesce(*(table[name] for name in present))
    devices = pc.dictionary_encode(named.combine_chunks())
    seconds = _skews(len(devices.dictionary), share, rng)
    device = pc.fill_null(devices.indices, len(seconds)).to_numpy(zero_copy_only=False)
    offset = np.append(seconds, 0)[device]  # the last: no device
    received = pc.is_valid(table["received_at"]).to_numpy()
    offset = np.where(received, offset, 0)
    occurred = table["occurred_at"]
    moved = pc.add(
        occurred.cast(pa.timestamp("us")), pa.array(offset * 1_000_000).cast(pa.duration("us"))
    )
    place = table.column_names.index("occurred_at")
    changed = table.set_column(place, table.schema.field(place), moved.cast(occurred.type))
    return SkewedEvents(changed, offset != 0)


def _skews(devices: int, share: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return how many seconds each clock is ahead, most of them none."""
    is_wrong = rng.random(devices) < share
    size = np.exp(rng.normal(np.log(SKEW_MEDIAN_MINUTES * 60), SKEW_SPREAD, devices))
    size = np.clip(size, 30, 12 * 3_600)
    sign = np.where(rng.random(devices) < 0.5, 1, -1)  # noqa: PLR2004 - half ahead
    return np.where(is_wrong, sign * size, 0).astype(np.int64)
