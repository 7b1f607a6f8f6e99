"""A kind of dirt: what it does to rows, and what a reader must then make of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from tessera.simulate.dirt.feed_columns import Role


class Outcome(StrEnum):
    """What becomes of a row, as ``docs/feeds.md`` has it."""

    KEPT = "kept"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Rows:
    """Rows that dirt falls on.

    Attributes
    ----------
    table
        They alone, typed as the simulator made them.
    rng
        Random draws.
    as_of
        The instant the feeds were exported: nothing is recorded at or after it.
    """

    table: pa.Table
    rng: np.random.Generator
    as_of: np.datetime64

    def __len__(self) -> int:
        """Count the rows."""
        return int(self.table.num_rows)

    def texts(self, column: str) -> pa.Array:
        """Return the values of a column as text."""
        return pc.cast(self.table[column].combine_chunks(), pa.string())

    def times(self, column: str) -> NDArray[np.datetime64]:
        """Return the times of a column, to the microsecond; NULL is NaT."""
        chunked = self.table[column].cast(pa.timestamp("us"))
        return np.asarray(chunked.to_numpy(), dtype="datetime64[us]")

    def pick(self, words: tuple[str, ...]) -> pa.Array:
        """Draw one of some words for each row."""
        return pa.array(words, pa.string()).take(
            pa.array(self.rng.integers(0, len(words), len(self)))
        )


Changes = dict[str, pa.Array]
"""Name of a changed column to its values, shape (rows,)."""


@dataclass(frozen=True)
class Kind:
    """A kind of dirt.

    Attributes
    ----------
    name
        As the truth table names it.
    outcome
        What becomes of a row it falls on; of added rows, what becomes of as many.
    change
        Returns the changed columns, given the rows and the column it was aimed at (empty: none).
    role
        Aims at the columns with this role, each by itself; None: at whole rows.
    takes
        Columns that the feed must have, whatever is in them.
    needs
        Columns in which a row must have a value, beside the one aimed at.
    eligible
        Returns which rows it can fall on, given the rows and the column; all by default.
    is_added
        The changed rows are delivered beside the originals.
    """

    name: str
    outcome: Outcome
    change: Callable[[Rows, str], Changes]
    role: Role | None = None
    takes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    eligible: Callable[[Rows, str], pa.Array] | None = None
    is_added: bool = False

    def is_at_home(self, columns: list[str], column: str) -> bool:
        """Return whether a table with these columns has what it takes."""
        wanted = {*self.takes, *self.needs, *([column] if column else [])}
        return wanted <= set(columns)

    def chosen(self, rows: Rows, column: str) -> pa.Array:
        """Return which rows it can fall on: those with values, and whatever it asks beyond."""
        if self.eligible is not None:
            fits = self.eligible(rows, column)
        else:
            fits = pa.array(np.ones(len(rows), dtype=bool))
        wanted = [*self.needs, *([column] if column and self.eligible is None else [])]
        for name in wanted:
            fits = pc.and_(fits, pc.is_valid(rows.table[name].combine_chunks()))
        return pc.fill_null(fits, False)
