"""What the report asks of a release, and what it was answered."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Row = dict[str, Any]
"""One row of an answer: plain Python values, None for NULL, floats for decimals."""

PREVIOUS = "previous"
"""Under this name a query finds the release before the one that is shown."""


LACKS = "This release has no "
"""How a sentence begins about what is not there."""


@dataclass(frozen=True)
class Query:
    """A question to the published file.

    Attributes
    ----------
    name
        How sections call its answer.
    table
        The published table it is about, as readers of the page are told.
    sql
        What is run, and shown for copying.
    """

    name: str
    table: str
    sql: str

    @property
    def asks_previous(self) -> bool:
        """Whether it compares with the release before."""
        return f"{PREVIOUS}." in self.sql


@dataclass(frozen=True)
class Answer:
    """The rows of a query, or why there are none.

    Attributes
    ----------
    query
        What was asked.
    rows
        In the query's order; empty when the release cannot answer.
    missing
        A sentence that says what the release does not have, else None.
    previous
        Name of the release that it was compared with, if it was.
    """

    query: Query
    rows: tuple[Row, ...] = ()
    missing: str | None = None
    previous: str | None = None

    @property
    def sql(self) -> str:
        """What to run in the published file for the same answer."""
        if self.previous is None:
            return self.query.sql
        attached = f"attach 'releases/{self.previous}.duckdb' as {PREVIOUS} (read_only);"
        return f"{attached}\n\n{self.query.sql}"

    def of(self, **values: object) -> Answer:
        """Return the answer with those rows only whose columns have these values."""
        kept = (row for row in self.rows if all(row[k] == v for k, v in values.items()))
        return replace(self, rows=tuple(kept))

    def distinct(self, column: str) -> list[Any]:
        """Return the values of a column that are not NULL, each once, in order of appearance."""
        return list(dict.fromkeys(row[column] for row in self.rows if row[column] is not None))

    def total(self, column: str) -> float:
        """Return the sum of a column; NULL counts as nothing."""
        return float(sum(row[column] or 0 for row in self.rows))


@dataclass(frozen=True)
class Answers:
    """All answers of a release, by the names of their queries.

    Attributes
    ----------
    by_name
        Query name to answer.
    files
        ``current``, and ``previous`` when there is one: the names of the release files.
    """

    by_name: Mapping[str, Answer]
    files: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Answer:
        """Return the answer to the query of that name."""
        return self.by_name[name]

    def rows(self, name: str) -> tuple[Row, ...]:
        """Return the rows of an answer."""
        return self.by_name[name].rows

    def first(self, name: str) -> Row:
        """Return the only row of an answer; empty when it has none."""
        rows = self.rows(name)
        return rows[0] if rows else {}


def unanswered(queries: Iterable[Query]) -> Answers:
    """Return answers of a release that has none of the tables."""
    return Answers(
        {query.name: Answer(query, missing=f"{LACKS}table {query.table}.") for query in queries}
    )
