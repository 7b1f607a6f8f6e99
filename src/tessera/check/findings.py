"""Everything worth saying about feeds, the gravest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.check.column_findings import column_findings
from tessera.check.finding import Finding, Severity, counted, share_in_words
from tessera.check.row_findings import row_findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tessera.check.facts import FeedFacts, References

FEW_WITH_ORDERS = 0.05
"""Complete Journey: every contact and 1.0 of the assigned customers have orders. A list of bought
prospects may lie at a few per cent; below that two systems most likely do not share their ids."""
DEVICES = frozenset({"anonymous_id", "device_id"})
"""References that anybody who comes by leaves: most visitors of a shop never order."""


def feed_findings(feeds: Sequence[FeedFacts], unread_files: Sequence[str]) -> list[Finding]:
    """Judge what lies in the folder, feed by feed."""
    found = [*_unreadable(feeds), *(finding for feed in feeds for finding in _of_one(feed))]
    if unread_files:
        names = ", ".join(feed.name for feed in feeds)
        advice = f"A feed is named by its file or folder: {names}; .parquet, .csv or .csv.gz."
        what = f"nothing reads {', '.join(unread_files)}"
        found.append(Finding(Severity.NOTE, "folder", what, advice))
    return found


def _of_one(feed: FeedFacts) -> Iterator[Finding]:
    if feed.error or feed.is_absent:
        return
    if not feed.rows_in:
        what = f"{', '.join(feed.sources)}: no rows"
        yield Finding(Severity.WARNING, feed.name, what, "Is the export empty on purpose?")
    else:
        yield from row_findings(feed)
        yield from column_findings(feed)


def _unreadable(feeds: Sequence[FeedFacts]) -> Iterator[Finding]:
    """Tell the reader's own words, once; of an error of DuckDB's, not the query that met it."""
    named: dict[str, list[str]] = {}
    for feed in feeds:
        if feed.error:
            named.setdefault(feed.error, []).append(feed.name)
    for error, names in named.items():
        words, is_from_duckdb, _ = error.partition("\nLINE ")
        advice = "Is the file whole, and of the kind its ending says? logs/dbt.log has more."
        told = advice if is_from_duckdb else ""
        yield Finding(Severity.STOPS, ", ".join(names), words, told)


def reference_findings(references: Sequence[References]) -> list[Finding]:
    """Tell feeds whose customers hardly ever have an order: most likely the ids do not match."""
    if not any(known.with_orders for known in references):
        return []  # without any order there is nothing to match
    return [
        Finding(
            Severity.WARNING,
            known.feed,
            f"{share_in_words(known.with_orders, known.customers)} of its "
            f"{counted(known.customers, 'customer')} have an order",
            "Customers of two feeds are one person where identifiers meet: bring one id into both, "
            "best as contact_id, or a feed whose rows carry an id of each (docs/identity.md).",
        )
        for known in references
        if known.with_orders < FEW_WITH_ORDERS * known.customers
        and not DEVICES & {kind for kind, _ in known.by_type}
    ]


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Put the gravest first; within a severity they stay in the order they were found."""
    return sorted(findings, key=lambda finding: finding.severity)
