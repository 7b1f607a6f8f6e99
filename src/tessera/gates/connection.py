"""A DB-API connection over DuckDB that fetches at once, for Great Expectations to read through.

Great Expectations speaks SQLAlchemy, and through it fetches rows after it has given the connection
back. DuckDB streams its results, so by then they are gone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tessera.gates.entries import UNEXPECTED_ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

# Expectations ask for counts, or for the distinct values of a column that has few. Only an
# unexpected_rows_expectation may find a whole table, of which Great Expectations reads the first
# 200 rows. 10,000 is far above both and costs a few megabytes: chosen, not measured.
MAX_FETCHED_ROWS = 10_000

_SAMPLE_LIMIT = re.compile(r"\s+LIMIT (\$\d+)\s*$")


class EagerConnection:
    """A DB-API connection that leaves transactions alone, and open what it was given."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def cursor(self) -> EagerCursor:
        """Return a cursor over the same connection."""
        return EagerCursor(self._connection)

    def begin(self) -> None:
        """Do nothing."""

    def commit(self) -> None:
        """Do nothing."""

    def rollback(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class EagerCursor:
    """A DB-API cursor that holds its rows from the moment the statement has run."""

    arraysize = 1

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self._has_more = False
        self.description: Any = None
        self.rowcount = -1

    def execute(self, statement: str, parameters: Sequence[Any] | None = None) -> EagerCursor:
        """Run a statement and hold its rows; parameters are positional."""
        # A sample without an order differs from build to build: take the smallest offenders.
        ordered = _SAMPLE_LIMIT.sub(r" ORDER BY ALL LIMIT \1", statement)
        self._connection.execute(ordered, list(parameters or ()))
        self.description = self._connection.description
        self._rows = self._connection.fetchmany(MAX_FETCHED_ROWS + 1) if self.description else []
        self._has_more = len(self._rows) > MAX_FETCHED_ROWS
        return self

    def fetchone(self) -> Any:
        """Return the next row, or ``None`` after the last."""
        rows = self.fetchmany(1)
        return rows[0] if rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return the next ``size`` rows, or fewer at the end."""
        size = self.arraysize if size is None else size
        if size > len(self._rows):
            return self.fetchall()
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    def fetchall(self) -> list[Any]:
        """Return the rows that are left, or refuse if they are more than were held."""
        if self._has_more:
            raise ValueError(
                f"this expectation wants more than {MAX_FETCHED_ROWS} rows in memory; "
                f"ask for a count instead, or write it as an {UNEXPECTED_ROWS}"
            )
        rows, self._rows = self._rows, []
        return rows

    def close(self) -> None:
        """Forget the rows."""
        self._rows = []
