"""Contact records as linkage gets them, and which of their columns can tell people apart."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

COMPARED_COLUMNS = (
    "first_name",
    "last_name",
    "birth_date",
    "street",
    "postcode",
    "city",
    "gender",
    "email_local_part",
)
"""Columns that may take part. A shared phone or whole address is an identifier, whose edges and
limits are the graph's business: counted here as well, it would count twice. They still suggest
pairs. The country says nothing that the city does not."""

LEAST_KNOWN = 0.05
"""Share of records in which a column must be filled. Fewer than one in twenty, and one pair in 400
has something to compare: too few to learn from."""

MOST_ALIKE = 0.95
"""Share that one value may have. Beyond it nearly all pairs agree, and agreement says nothing."""


def load_records(relation: Any) -> pa.Table:
    """Read ``dbt.ref("contact_records")``: a row per contact and version, in one fixed order."""
    table: pa.Table = relation.order("contact_record_id").to_arrow_table()
    return table


def load_nicknames(relation: Any) -> pa.Table:
    """Read the seed ``nicknames``: a row per short form and a name that it stands for."""
    table: pa.Table = relation.order("nickname, formal_name").to_arrow_table()
    return table


def informative_columns(records: pa.Table) -> list[str]:
    """Return the columns that are filled often enough, and not always alike.

    Examples
    --------
    >>> informative_columns(pa.table({name: ["a", "b"] for name in COMPARED_COLUMNS}))[:2]
    ['first_name', 'last_name']
    >>> informative_columns(pa.table({name: ["a", "a"] for name in COMPARED_COLUMNS}))
    []
    """
    return [name for name in COMPARED_COLUMNS if _is_informative(records[name])]


def contacts_count(records: pa.Table) -> int:
    """Return the number of contacts, however many versions each has."""
    return int(pc.count_distinct(records["identifier_id"]).as_py())


def _is_informative(values: pa.ChunkedArray) -> bool:
    known = len(values) - values.null_count
    if known == 0 or known < LEAST_KNOWN * len(values):
        return False
    most = pc.max(pc.struct_field(pc.value_counts(values.drop_null()), "counts")).as_py()
    return bool(most <= MOST_ALIKE * known)
