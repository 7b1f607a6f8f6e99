"""What a feature may read, and since when each row of it is known: the law of time as data."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - a dataclass keeps it
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FEATURES = "features"
"""Schema of the spine, of the families and of whatever they are summed from."""

SPINE = (
    "customer_snapshots",
    "snapshots_due",
    "snapshot_dates",
    "periods",
    "period_days",
    "snapshot_periods",
)
"""Models of schema features that say which customers and times there are; they read no feature."""


class LawError(ValueError):
    """The declared times of facts contradict one another."""


@dataclass(frozen=True)
class Later:
    """What is written into a row after it became known.

    Attributes
    ----------
    known_at
        The column that says since when.
    columns
        The columns that nobody knew before.
    """

    known_at: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """A table of facts with their times.

    Attributes
    ----------
    relation
        ``<schema>.<table>``.
    known_at
        The column that says since when a row is known.
    until
        The column that says when a later row replaced it, or None: rows are not replaced.
    later
        What is written into rows afterwards.
    """

    relation: str
    known_at: str
    until: str | None = None
    later: tuple[Later, ...] = ()

    @property
    def name(self) -> str:
        """The table without its schema."""
        return self.relation.rpartition(".")[2]


@dataclass(frozen=True)
class Law:
    """What features may read.

    Attributes
    ----------
    facts
        Tables of facts by relation.
    undated
        Relations that tell nothing of customers, such as the names of products.
    spine
        Relations that say which customers and times there are.
    """

    facts: Mapping[str, Fact]
    undated: frozenset[str] = frozenset()
    spine: frozenset[str] = field(
        default_factory=lambda: frozenset(f"{FEATURES}.{name}" for name in SPINE)
    )

    @property
    def readable(self) -> list[str]:
        """Every relation beside features and the spine that a feature may read, sorted."""
        return sorted({*self.facts, *self.undated})


UNTIL = "until"
KNOWN = "known"
LATER = "later"
UNDATED = "undated"


def law_of(rows: Iterable[tuple[str, str, str | None, str]]) -> Law:
    """Read the law from rows (relation, kind, column, columns written then, by comma).

    Parameters
    ----------
    rows
        A row per time of a table: its relation; ``known``, ``until``, ``later`` or ``undated``;
        the column that holds the time (None when undated); the columns that a later time dates.

    Raises
    ------
    LawError
        A table has a later time, but none since when its rows are known, or a kind is unknown.

    Examples
    --------
    >>> law = law_of([
    ...     ("core.tickets", "known", "known_at", ""),
    ...     ("core.tickets", "later", "outcome_known_at", "status,resolved_at"),
    ...     ("core.products", "undated", None, ""),
    ... ])
    >>> law.facts["core.tickets"].later[0].columns
    ('status', 'resolved_at')
    >>> sorted(law.undated)
    ['core.products']
    """
    told: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for relation, kind, column, columns in rows:
        if kind not in {KNOWN, UNTIL, LATER, UNDATED}:
            raise LawError(f"{relation}: there is no kind of time '{kind}'")
        told.setdefault(relation, {}).setdefault(kind, []).append((column or "", columns))
    undated = frozenset(relation for relation, times in told.items() if UNDATED in times)
    facts = {
        relation: _fact(relation, times)
        for relation, times in told.items()
        if relation not in undated
    }
    return Law(facts=facts, undated=undated)


def _fact(relation: str, times: Mapping[str, list[tuple[str, str]]]) -> Fact:
    if KNOWN not in times:
        raise LawError(f"{relation} does not say since when its rows are known")
    return Fact(
        relation=relation,
        known_at=times[KNOWN][0][0],
        until=times[UNTIL][0][0] if UNTIL in times else None,
        later=tuple(
            Later(column, tuple(columns.split(","))) for column, columns in times.get(LATER, [])
        ),
    )
