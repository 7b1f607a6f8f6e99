"""Values from which nothing can be read: their rows must be set aside, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from tessera.simulate.dirt.feed_columns import REFERENCES, Role
from tessera.simulate.dirt.kinds import Changes, Kind, Outcome, Rows

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS_FOR_NUMBERS = (
    "twelve",
    "about 5",
    "see note",
    "3 pieces",
    "1.2.3",
    "--",
    "#REF!",
    "nan",
    "inf",
)
BEYOND_RANGE = ("9" * 400, "1e400", "-1e400")
"""Too large even for a floating number."""

IMPOSSIBLE_TIMES = (
    *("2024-02-30 10:00:00", "2025-13-01 00:00:00", "0000-00-00 00:00:00", "2024-06-31"),
    *("2024-01-01 25:61:00", "31.02.2024", "yesterday", "24/7"),
)
FUTURE_TIMES = ("2199-12-31 23:59:59", "2150-01-01 00:00:00", "9999-12-31 00:00:00")
UNKNOWN_WORDS = ("lost", "???", "n.a.", "pending-2", "fax")
EMPTY_WORDS = ("", " ", "\t")


def _one_of(words: tuple[str, ...]) -> Callable[[Rows, str], Changes]:
    def change(rows: Rows, column: str) -> Changes:
        return {column: rows.pick(words)}

    return change


def _nobody(rows: Rows, _: str) -> Changes:
    present = [name for name in REFERENCES if name in rows.table.column_names]
    return {name: pa.nulls(len(rows), pa.string()) for name in present}


WORDS_AS_NUMBERS = Kind(
    "text_in_number", Outcome.REJECTED, _one_of(WORDS_FOR_NUMBERS), role=Role.NUMBER
)
NUMBERS_BEYOND_RANGE = Kind(
    "number_beyond_range", Outcome.REJECTED, _one_of(BEYOND_RANGE), role=Role.NUMBER
)
IMPOSSIBLE_DATES = Kind(
    "impossible_date", Outcome.REJECTED, _one_of(IMPOSSIBLE_TIMES), role=Role.TIME
)
FUTURE_DATES = Kind("future_date", Outcome.REJECTED, _one_of(FUTURE_TIMES), role=Role.PAST)
EMPTY_REQUIRED = Kind("empty_required", Outcome.REJECTED, _one_of(EMPTY_WORDS), role=Role.REQUIRED)
NO_REFERENCE = Kind("no_customer_reference", Outcome.REJECTED, _nobody)
UNKNOWN_STATUS = Kind("unknown_word", Outcome.REJECTED, _one_of(UNKNOWN_WORDS), role=Role.ACCEPTED)
