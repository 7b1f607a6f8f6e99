"""What a row of ``identity_links`` is: a strong identifier, and how it came to its customer."""

from __future__ import annotations

from typing import Any

COLUMNS = {
    "identifier_id": "VARCHAR",
    "linked_to_id": "VARCHAR",
    "linked_at": "TIMESTAMP",
    "edge_id_a": "VARCHAR",
    "edge_id_b": "VARCHAR",
    "link_type": "VARCHAR",
    "source": "VARCHAR",
    "customer_id": "VARCHAR",
    "valid_from": "TIMESTAMP",
    "component_fingerprint": "VARCHAR",
}
"""Columns and types, of ``identity_links`` and of ``split_links``.

``linked_to_id`` is the oldest identifier of the component that this one, as the oldest of its own,
joined at ``linked_at`` by the edge (``edge_id_a``, ``edge_id_b``); all are NULL for the oldest
identifier of a customer. ``valid_from`` is the moment since which the identifier has been tied to
its customer's oldest one.
"""


def earlier_links(session: Any, this: Any) -> Any | None:
    """Return what the model wrote in its last run; None before the first.

    A table with other columns was written by another version of Tessera. Nothing in it cannot be
    computed again, so it counts as none.

    Parameters
    ----------
    session
        The DuckDB connection that dbt hands to a Python model.
    this
        ``dbt.this``: the model's own relation.
    """
    found = session.execute(
        "select column_name, data_type from information_schema.columns "
        "where table_catalog = current_database() and table_schema = ? and table_name = ? "
        "order by ordinal_position",
        [this.schema, this.identifier],
    ).fetchall()
    if found != list(COLUMNS.items()):
        return None
    return session.sql(f"select * from {this}")  # noqa: S608 - dbt's own name
