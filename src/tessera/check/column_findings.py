"""What is odd about the columns of a feed: empty, always the same, too old, or read by nobody."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from tessera.check.finding import Finding, Severity, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tessera.check.facts import ColumnFacts, FeedFacts

FEWEST_FOR_CONSTANT = 20
"""Rows from which on one and the same number or time everywhere is odd; ten orders may well be of
one day."""
RECORDED = "recorded_at"
LATE_RECORD_DAYS = 31
"""Nightly loads lag by days, Complete Journey's redemptions by one; a month is a later copy."""
EARLIEST_YEAR = 1990
"""Nothing a feed tells of is older; 1900 and 1970 are what systems write for "unknown"."""
VARYING = ("decimal", "timestamp")
"""Types whose values differ from row to row; words and counts may be the same everywhere."""


def column_findings(feed: FeedFacts) -> Iterator[Finding]:
    """Yield what is odd about the columns of a feed that could be read."""
    for column in feed.columns:
        yield from _constant(feed, column)
        if column.declared.is_past and column.earliest and column.earliest.year < EARLIEST_YEAR:
            what = f"{column.name} begins in {column.earliest.year}"
            advice = "Is that a default for 'unknown'? Leave the value empty, or the row out."
            yield Finding(Severity.WARNING, feed.name, what, advice)
    yield from _late_record(feed)
    empty = [column.name for column in feed.columns if column.is_present and not column.filled]
    if empty and feed.rows_usable:
        what = f"{_names(empty)} there, but never filled"
        yield Finding(Severity.NOTE, feed.name, what)
    yield from _unread(feed)


def _constant(feed: FeedFacts, column: ColumnFacts) -> Iterator[Finding]:
    """Tell a time or a price that never changes; a discount may well always be nothing."""
    varies = column.declared.data_type.startswith(VARYING)
    if not (varies and column.is_constant and column.filled >= FEWEST_FOR_CONSTANT):
        return
    matters = column.declared.is_required or column.declared.is_time
    yield Finding(
        Severity.WARNING if matters else Severity.NOTE,
        feed.name,
        f"{column.name} is the same in all {counted(column.filled, 'row')} that have it",
        "Is that a default of the export?",
    )


def _late_record(feed: FeedFacts) -> Iterator[Finding]:
    """Tell a source that was filled at once later on: by the law of time its past is unknown."""
    happened = feed.time_column
    recorded = next((column for column in feed.columns if column.name == RECORDED), None)
    if not (happened and recorded and happened.earliest and recorded.earliest):
        return
    if (recorded.earliest - happened.earliest).days > LATE_RECORD_DAYS:
        yield Finding(
            Severity.WARNING,
            feed.name,
            f"{happened.name} begins {happened.earliest:%Y-%m-%d}, {RECORDED} only "
            f"{recorded.earliest:%Y-%m-%d}: until then nothing counts as known",
            f"Leave {RECORDED} empty where it only tells when rows were copied.",
        )


def _names(names: list[str]) -> str:
    return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'}"


def _unread(feed: FeedFacts) -> Iterator[Finding]:
    absent = [column.name for column in feed.columns if not column.is_present]
    for name in feed.unread_columns:
        near = nearest_column(name, absent)
        if near:
            what = f"column {name} is not read, and {near} is not there"
            yield Finding(Severity.WARNING, feed.name, what, f"If it is {near}, rename it.")


def nearest_column(name: str, absent: list[str]) -> str:
    """Return the absent column that a column's name most likely means, or an empty string.

    Examples
    --------
    >>> nearest_column("chanel", ["channel", "currency"])
    'channel'
    >>> nearest_column("Discount Amount", ["discount_amount"])
    'discount_amount'
    >>> nearest_column("warehouse", ["channel", "currency"])
    ''
    """
    spelt = name.strip().lower().replace(" ", "_").replace("-", "_")
    return next(iter(difflib.get_close_matches(spelt, absent, n=1, cutoff=0.75)), "")
