"""What was found of each feed: plain numbers, times and names, no value that names a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from tessera.check.project_map import DeclaredColumn, DeclaredFeed


@dataclass(frozen=True)
class ColumnFacts:
    """A column over the rows that can be used.

    Attributes
    ----------
    declared
        What the project expects of it.
    is_present
        The files have it.
    filled
        Rows with a value.
    is_constant
        All values are the same.
    earliest, latest
        For times (UTC); None for other columns, and when there is no value.
    """

    declared: DeclaredColumn
    is_present: bool
    filled: int = 0
    is_constant: bool = False
    earliest: datetime | None = None
    latest: datetime | None = None

    @property
    def name(self) -> str:
        """The column's name."""
        return self.declared.name


@dataclass(frozen=True)
class Rejection:
    """Rows set aside for one reason.

    Attributes
    ----------
    column, reason
        What is wrong.
    rows
        How many rows.
    shape
        What most of the values look like, masked: letters as x, digits as 9; None when empty.
    file, row
        The first of them.
    """

    column: str
    reason: str
    rows: int
    shape: str | None
    file: str
    row: int


@dataclass(frozen=True)
class Orphans:
    """Rows of a feed whose ``column`` names nothing in the feed ``other``.

    Attributes
    ----------
    column, other
        The id, and the feed it was looked up in.
    rows, missing
        Rows that name one, and those of them that name one that is not there.
    is_reference
        The id says whose row it is: a customer without a contact record is none the worse.
    """

    column: str
    other: str
    rows: int
    missing: int
    is_reference: bool = False


@dataclass(frozen=True)
class FeedFacts:
    """One feed as it was read.

    Attributes
    ----------
    declared
        What the project expects of it.
    error
        Why it cannot be read at all, or an empty string.
    files
        The files read; none when the feed is absent.
    connectors
        The connectors that brought rows of it.
    rows_in, rows_kept, rows_rejected
        Rows in the files, rows that go on, rows set aside; what is left are duplicates.
    columns
        A declared column each.
    unread_columns
        Columns of the files that nothing reads, as they may be shown.
    rejections, orphans
        What is wrong with rows.
    months
        Rows per month that has any, in order, by :attr:`time_column`.
    """

    declared: DeclaredFeed
    error: str = ""
    files: tuple[str, ...] = ()
    connectors: tuple[str, ...] = ()
    rows_in: int = 0
    rows_kept: int = 0
    rows_rejected: int = 0
    columns: tuple[ColumnFacts, ...] = ()
    unread_columns: tuple[str, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    orphans: tuple[Orphans, ...] = ()
    months: tuple[tuple[datetime, int], ...] = ()

    @property
    def name(self) -> str:
        """The feed's name."""
        return self.declared.name

    @property
    def is_absent(self) -> bool:
        """Nothing was found, which only a required feed minds."""
        return not self.sources and not self.error

    @property
    def sources(self) -> tuple[str, ...]:
        """Where its rows came from: files, and connectors."""
        return (*self.files, *(f"connector {name}" for name in self.connectors))

    @property
    def rows_usable(self) -> int:
        """Rows that are not set aside."""
        return self.rows_in - self.rows_rejected

    @property
    def rows_duplicate(self) -> int:
        """Rows that a newer delivery of the same key replaces."""
        return self.rows_usable - self.rows_kept

    @property
    def time_column(self) -> ColumnFacts | None:
        """The first time that is filled: when the fact of a row happened."""
        times = [column for column in self.columns if column.declared.is_time and column.latest]
        return times[0] if times else None


@dataclass(frozen=True)
class References:
    """How the customers of one feed are named, and how many of them have orders.

    Attributes
    ----------
    feed
        The feed.
    customers, with_orders
        Customers it knows, and those of them who have an order.
    by_type
        Kind of reference (``email``, ...) and how many customers carry one.
    """

    feed: str
    customers: int
    with_orders: int
    by_type: tuple[tuple[str, int], ...]
