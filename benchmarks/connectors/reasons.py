"""Why a column may come out otherwise through the connectors; without a reason it must not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.connectors.comparison import ComparedColumn


@dataclass(frozen=True)
class Reason:
    """Why columns of a table differ.

    Attributes
    ----------
    table
        Name of the table.
    columns
        A pattern that fits the whole name of each such column.
    why
        What the vendor's export cannot carry, or tells otherwise.
    most
        The largest share of rows that may differ for this reason.
    """

    table: str
    columns: str
    why: str
    most: float


BROWSER_OF_AN_ORDER = (
    "an order that Segment saw names the browser beside the address: whoever signs in on that "
    "browser later is known to orders, too"
)

REASONS = (
    Reason("customers", "sources", BROWSER_OF_AN_ORDER, 0.002),
    Reason("customer_features", "sources_distinct_count_lifetime", BROWSER_OF_AN_ORDER, 0.002),
)


def reason_of(column: ComparedColumn) -> Reason | None:
    """Return why a column differs; None when nothing explains it, or explains so much of it."""
    return next(
        (
            reason
            for reason in REASONS
            if reason.table == column.table
            and re.fullmatch(reason.columns, column.column)
            and column.differing <= reason.most * column.rows
        ),
        None,
    )
