"""Turn arrays into columns of a feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from tessera.simulate.calendar import Calendar


def times(calendar: Calendar, days: NDArray[np.float64]) -> pa.Array:
    """Return times in days as timestamps (UTC, to the second); NULL where they are infinite."""
    never = ~np.isfinite(days)
    return pa.array(calendar.at(np.where(never, 0.0, days)), mask=never)


def words(names: Sequence[str], codes: NDArray[np.integer]) -> pa.DictionaryArray:
    """Return the words that codes stand for; NULL for a negative code. A word may stand twice."""
    unique = list(dict.fromkeys(names))
    place = np.array([unique.index(name) for name in names], np.int32)
    return coded(unique, np.where(codes < 0, -1, place[codes]))


def coded(
    values: Sequence[str | None] | pa.StringArray, codes: NDArray[np.integer]
) -> pa.DictionaryArray:
    """Return the values, each of which stands once, that codes stand for; NULL for a negative one.

    Once, because Parquet's writer leaves bytes of chance behind a dictionary that repeats itself.
    """
    is_null = codes < 0
    indices = pa.array(codes.astype(np.int32), mask=is_null if is_null.any() else None)
    return pa.DictionaryArray.from_arrays(indices, pa.array(values, pa.string()))


def repeated(text: str, count: int) -> pa.StringArray:
    """Return a column that says the same in every row.

    Examples
    --------
    >>> repeated("open", 2).to_pylist()
    ['open', 'open']
    """
    return pa.repeat(pa.scalar(text, pa.string()), count)


def money(amounts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round amounts to cents, half up, away from the noise of binary fractions.

    Examples
    --------
    >>> money(np.array([1.005, 2.675, -1.005])).tolist()
    [1.01, 2.68, -1.01]
    """
    return np.copysign(np.floor(np.abs(amounts) * 100 + 0.5 + 1e-7) / 100, amounts)


def observed(
    table: Mapping[str, pa.Array | NDArray[np.generic]], is_observed: NDArray[np.bool_]
) -> pa.Table:
    """Return a table of the rows that the feeds show."""
    return pa.table(dict(table)).filter(pa.array(is_observed))
