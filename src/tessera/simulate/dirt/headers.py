"""Headers as other systems write them; the same for all parts of a feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Callable


def with_other_headers(feed: str, table: pa.Table) -> tuple[pa.Table, str]:
    """Return the table under the feed's odd header, and the name of that kind of dirt.

    An empty name says that the feed keeps its header.
    """
    if feed not in HEADERS:
        return table, ""
    change = HEADERS[feed]
    return change(table), change.__name__


def upper_case_header(table: pa.Table) -> pa.Table:
    """Shout."""
    return table.rename_columns([name.upper() for name in table.column_names])


def spaced_header(table: pa.Table) -> pa.Table:
    """Write names as people do: 'Order Id'."""
    return table.rename_columns([name.replace("_", " ").title() for name in table.column_names])


def blanks_in_header(table: pa.Table) -> pa.Table:
    """Leave blanks around the names."""
    return table.rename_columns([f" {name}  " for name in table.column_names])


def reversed_columns(table: pa.Table) -> pa.Table:
    """Begin with the last column."""
    return table.select(table.column_names[::-1])


def unknown_columns(table: pa.Table) -> pa.Table:
    """Bring columns that nobody asked for, the first and the last."""
    nothing = pa.array(["-"], pa.string()).take(pa.nulls(table.num_rows, pa.int8()))
    row_versions = pa.array(range(table.num_rows), pa.int64())
    wider = table.add_column(0, "_row_version", row_versions)
    return wider.append_column("Internal remark (do not use)", nothing)


HEADERS: dict[str, Callable[[pa.Table], pa.Table]] = {
    "orders": upper_case_header,
    "order_lines": spaced_header,
    "web_events": unknown_columns,
    "messages": blanks_in_header,
    "tickets": reversed_columns,
    "feedback": unknown_columns,
}
