"""What is wrong with the rows of a feed: set aside, delivered twice, without partner, missing."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from tessera.check.finding import Finding, Severity, counted, share_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tessera.check.facts import FeedFacts, Rejection

REJECTIONS_TOLD = 5
"""Reasons told per feed; staging.rejected_rows has every row after a build."""
MANY_DUPLICATES = 0.01
"""Complete Journey: none. Deliveries overlap by a day or so of a year; more looks like a wrong
key."""
MANY_ORPHANS = 0.01
"""Complete Journey: .003 of the lines name a product that is not in the list."""
STEADY_ROWS_PER_MONTH = 20
"""A feed with 20 rows in a usual month has none in a month by chance about once in e^20 months."""

ADVICE = {
    "is required and empty": "Fill the column in the export.",
    "is none of": "Translate the words in the export to the ones listed.",
    "names no customer": "Fill one column that says whose row it is.",
    "lies after": "Is the time zone of the export right, and are planned facts left out?",
    "is not a timestamp": "Write times as 2024-03-01 14:30:00, in UTC.",
    "is not a date": "Write dates as 2024-03-01.",
    "is not a decimal": "Write numbers with a point, without separators, currency or words.",
    "is not a bigint": "Write whole numbers, without separators or words.",
    "is not a boolean": "Write true or false.",
    "is no JSON list": "Export the list as JSON, or nested in its row.",
    "is of ": "Export the tables that belong together over the same span.",
    "is empty": "Fill the column in the export.",
    "has no name": "Export the table that names it, too.",
}
"""How a reason begins, and what to do about it."""

OF_THE_JUDGE = ("line", "customer reference")
"""What rows are set aside for beside the feed's own columns: all else is a column of a vendor."""

SAME_KEY = (
    "If these are different facts, the key column does not tell them apart: docs/feeds.md lists "
    "the keys."
)
AGAIN = (
    "Connectors bring a fact anew each time it was changed, and what several tell of one order "
    "counts once (docs/connectors/README.md)."
)


def row_findings(feed: FeedFacts) -> Iterator[Finding]:
    """Yield what is wrong with the rows of a feed that could be read."""
    yield from _rejected(feed)
    yield from _duplicates(feed)
    yield from _orphans(feed)
    yield from _empty_months(feed)


def _rejected(feed: FeedFacts) -> Iterator[Finding]:
    for rejection in feed.rejections[:REJECTIONS_TOLD]:
        share = share_in_words(rejection.rows, feed.rows_in)
        looks = f", mostly like '{rejection.shape}'" if rejection.shape else ""
        what = (
            f"{counted(rejection.rows, 'row')} ({share}) would be set aside: {rejection.column} "
            f"{rejection.reason}{looks}; the first is row {rejection.row} of {rejection.file}"
        )
        if _is_said_by_vendor(feed, rejection):
            yield Finding(Severity.NOTE, feed.name, what, "The vendor itself says so.")
        else:
            yield Finding(Severity.WARNING, feed.name, what, _advice(rejection))
    rest = feed.rejections[REJECTIONS_TOLD:]
    if rest:
        rows = counted(sum(rejection.rows for rejection in rest), "row")
        what = f"{rows} more would be set aside for {counted(len(rest), 'other reason')}"
        yield Finding(Severity.WARNING, feed.name, what)


def _is_said_by_vendor(feed: FeedFacts, rejection: Rejection) -> bool:
    """Tell whether the row does not count by a column of the vendor's own, with nothing to mend."""
    judged = (*OF_THE_JUDGE, *(column.name for column in feed.declared.columns))
    return rejection.column not in judged and not _known_advice(rejection)


def _advice(rejection: Rejection) -> str:
    return _known_advice(rejection) or "docs/feeds.md says what the column should hold."


def _known_advice(rejection: Rejection) -> str:
    fits = (text for start, text in ADVICE.items() if rejection.reason.startswith(start))
    return next(fits, "")


def _duplicates(feed: FeedFacts) -> Iterator[Finding]:
    if not feed.rows_duplicate:
        return
    is_many = feed.rows_duplicate > MANY_DUPLICATES * feed.rows_usable
    share = share_in_words(feed.rows_duplicate, feed.rows_usable)
    yield Finding(
        Severity.WARNING if is_many and not feed.connectors else Severity.NOTE,
        feed.name,
        f"{counted(feed.rows_duplicate, 'row')} ({share}) repeat a key; the newest delivery stays",
        AGAIN if feed.connectors else SAME_KEY,
    )


def _orphans(feed: FeedFacts) -> Iterator[Finding]:
    for orphans in feed.orphans:
        if not orphans.missing:
            continue
        advice = f"Export {feed.name} and {orphans.other} over the same span, with the same ids."
        if orphans.is_reference:
            advice = f"What {orphans.other} tells of customers is not known of these."
        is_many = orphans.missing > MANY_ORPHANS * orphans.rows and not orphans.is_reference
        share = share_in_words(orphans.missing, orphans.rows)
        yield Finding(
            Severity.WARNING if is_many else Severity.NOTE,
            feed.name,
            f"{counted(orphans.missing, 'row')} ({share}) have a value of {orphans.column} "
            f"that {orphans.other} does not know",
            advice,
        )


def _empty_months(feed: FeedFacts) -> Iterator[Finding]:
    usual = median(rows for _, rows in feed.months) if feed.months else 0
    empty = empty_months([month for month, _ in feed.months])
    if empty and usual >= STEADY_ROWS_PER_MONTH:
        names = ", ".join(f"{month:%Y-%m}" for month in empty[:6])
        more = f" and {len(empty) - 6} more" if len(empty) > 6 else ""  # noqa: PLR2004 - as above
        what = f"no rows in {names}{more}, where a usual month has {usual:,.0f}"
        yield Finding(Severity.WARNING, feed.name, what, "Is part of the export missing?")


def empty_months(months: list[datetime]) -> list[datetime]:
    """Return the month starts between the first and the last that are not in the list.

    Examples
    --------
    >>> from datetime import datetime
    >>> [f"{m:%Y-%m}" for m in empty_months([datetime(2023, 11, 1), datetime(2024, 2, 1)])]
    ['2023-12', '2024-01']
    """
    if not months:
        return []
    first, last = (month.year * 12 + month.month - 1 for month in (months[0], months[-1]))
    there = set(months)
    every = (months[0].replace(year=n // 12, month=n % 12 + 1) for n in range(first, last + 1))
    return [month for month in every if month not in there]
