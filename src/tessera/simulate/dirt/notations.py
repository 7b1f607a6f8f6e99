"""Numbers and times in other notations: the same value, as another country or program has it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.dirt.feed_columns import Role
from tessera.simulate.dirt.kinds import Changes, Kind, Outcome, Rows

SIGNS = ("€ ", "€", "$", "£ ")
OFFSET_HOURS = 2


def _decimal_comma(rows: Rows, column: str) -> Changes:
    return {column: pc.replace_substring(_two_decimals(rows, column), ".", ",")}


def _currency_sign(rows: Rows, column: str) -> Changes:
    before = rows.pick(SIGNS)
    return {column: pc.binary_join_element_wise(before, _two_decimals(rows, column), "")}


def _two_decimals(rows: Rows, column: str) -> pa.Array:
    """Return money to the cent, so that a decimal comma is not taken for one of thousands."""
    cents = pc.cast(rows.table[column].combine_chunks(), pa.float64())
    spelled = [f"{value:.2f}" for value in cents.to_pylist()]
    return pa.array(spelled, pa.string())


def _epoch(rows: Rows, column: str) -> Changes:
    """Seconds or milliseconds since 1970."""
    micros = rows.times(column).astype(np.int64)
    is_milli = rows.rng.random(len(rows)) < 0.5  # noqa: PLR2004 - half and half
    numbers = np.where(is_milli, micros // 1_000, micros // 1_000_000)
    return {column: pc.cast(pa.array(numbers), pa.string())}


def _is_after_1973(rows: Rows, column: str) -> pa.Array:
    """Fewer than nine digits of seconds could be any number."""
    times = rows.times(column)
    return pa.array(times > np.datetime64("2001-09-10", "us"))


def _iso_with_offset(rows: Rows, column: str) -> Changes:
    moved = rows.times(column) + np.timedelta64(OFFSET_HOURS, "h")
    spelled = np.datetime_as_string(moved, unit="us")
    return {column: pa.array([f"{value}+0{OFFSET_HOURS}:00" for value in spelled], pa.string())}


def _is_timestamp(rows: Rows, column: str) -> pa.Array:
    """Leave dates out: they have no zone to be told in."""
    is_timestamp = pa.types.is_timestamp(rows.table.schema.field(column).type)
    return pa.array(np.full(len(rows), is_timestamp) & ~np.isnat(rows.times(column)))


DECIMAL_COMMAS = Kind("decimal_comma", Outcome.KEPT, _decimal_comma, role=Role.MONEY)
CURRENCY_SIGNS = Kind("currency_sign", Outcome.KEPT, _currency_sign, role=Role.MONEY)
EPOCHS = Kind("epoch_time", Outcome.KEPT, _epoch, role=Role.TIME, eligible=_is_after_1973)
OFFSET_TIMES = Kind(
    "time_with_offset", Outcome.KEPT, _iso_with_offset, role=Role.TIME, eligible=_is_timestamp
)
