"""Delete what was known later, compute features again, and name those that move.

What the rules cannot see in a query shows here: a value that is another one when the future is
not there knew the future. It is the queries of the build that run, word for word.

Only the facts of some customers are taken, so that the cost does not grow with the shop. A feature
that reads other customers' facts moves as well, as it should: it tells of one customer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from tessera.leaks.comparison import moved_features
from tessera.leaks.finding import NOTHING_TO_DELETE, Finding
from tessera.leaks.graph import models_in_order, relations_read
from tessera.leaks.law import FEATURES
from tessera.leaks.past import Deleted, Past, past_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tessera.leaks.law import Law

GIVEN = ("customer_snapshots", "snapshots_due", "snapshot_dates")
"""Models of the spine that are not computed again: they say at which snapshot, and for whom."""

MOST_CUSTOMERS = 500
"""Customers computed again per snapshot in a build: enough to show a leak that moves one in a
hundred with a chance of 99 %, few enough to take a second or two."""


@dataclass(frozen=True)
class Recomputation:
    """What came of computing features again at one snapshot.

    Attributes
    ----------
    snapshot_at
        The snapshot.
    customers
        How many customers were computed again.
    deleted
        What was not known then, by table.
    findings
        A finding per feature that moved, or that could not be computed.
    """

    snapshot_at: datetime
    customers: int
    deleted: tuple[Deleted, ...]
    findings: tuple[Finding, ...]


def recompute(
    now: Any,
    queries: Mapping[str, str],
    families: Sequence[str],
    law: Law,
    snapshot_at: datetime,
    limit: int = MOST_CUSTOMERS,
) -> Recomputation:
    """Compute features at a past snapshot again, without what was known later.

    Parameters
    ----------
    now
        A connection to the build: only read, but for temporary tables.
    queries
        The query that made each model of schema ``features``, by name.
    families
        The models whose columns are features.
    law
        What a feature may read, and since when it is known.
    snapshot_at
        A snapshot that ``features.customer_features`` has.
    limit
        Customers to compute at most.
    """
    order = models_in_order(queries, families, GIVEN)
    with past_of(now, snapshot_at) as past:
        past.find_later(law)
        customers = past.take_customers(limit)
        deleted = tuple(past.take_fact(fact) for fact in law.facts.values())
        _take_others(past, queries, order, law)
        past.take_built()
        failures = _run(past, queries, order)
        moved = [*failures, *_moved(past, families, customers, deleted)]
    moved += _nothing(snapshot_at, customers, deleted)
    return Recomputation(snapshot_at, customers, deleted, tuple(moved))


def _take_others(past: Past, queries: Mapping[str, str], order: Sequence[str], law: Law) -> None:
    there = {*law.facts, *(f"{FEATURES}.{name}" for name in (*GIVEN, *order))}
    for relation in sorted(
        {each for name in order for each in relations_read(queries[name])} - there
    ):
        if relation in law.undated:
            past.take_whole(relation)
        else:
            past.take_empty(relation)


def _run(past: Past, queries: Mapping[str, str], order: Sequence[str]) -> list[Finding]:
    failures = []
    past.world.execute(f"create schema if not exists {FEATURES}")
    for name in order:
        try:
            past.world.execute(f'create table {FEATURES}."{name}" as {queries[name]}')
        except duckdb.Error as error:
            # the message may hold a value of somebody's row: only its kind is told
            failures.append(
                Finding(
                    "not_recomputed",
                    name,
                    None,
                    f"{name} cannot be computed as of the snapshot ({type(error).__name__}), so "
                    "that nobody can say what it knows.",
                    past.snapshot_at,
                )
            )
    return failures


def _moved(
    past: Past, families: Sequence[str], customers: int, deleted: Sequence[Deleted]
) -> list[Finding]:
    there = {
        row[0]
        for row in past.world.execute(
            "select table_name from information_schema.tables where table_schema = ?", [FEATURES]
        ).fetchall()
    }
    return [
        Finding(
            "moved_without_the_future",
            family,
            moved.feature,
            _words(moved.feature, moved.customers, customers, deleted, past),
            past.snapshot_at,
            customers,
            moved.customers,
        )
        for family in families
        if family in there
        for moved in moved_features(past.world, "main.built", f'{FEATURES}."{family}"')
    ]


def _words(feature: str, moved: int, customers: int, deleted: Sequence[Deleted], past: Past) -> str:
    rows = sum(each.rows + each.undone for each in deleted)
    return (
        f"{feature} has another value for {moved} of {customers} customers at "
        f"{past.snapshot_at:%Y-%m-%d} when the {rows} rows known later are not there: it knew "
        "them, or it reads other customers. Admit facts by is_known_before, of one customer."
    )


def _nothing(snapshot_at: datetime, customers: int, deleted: Sequence[Deleted]) -> list[Finding]:
    if customers and any(each.rows + each.undone for each in deleted):
        return []
    return [
        Finding(
            NOTHING_TO_DELETE,
            "customer_features",
            None,
            f"of the {customers} customers at {snapshot_at:%Y-%m-%d} nothing was known later, so "
            "that computing their features again proves nothing.",
            snapshot_at,
            customers,
            0,
        )
    ]
