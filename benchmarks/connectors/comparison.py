"""Two builds of one shop, column by column: whose rows are equal, and how far others lie apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection

PLAIN, VENDORS = "plain", "vendors"
"""The two builds, as they are attached."""

STAMPS = ("run_id", "scored_at")
"""Columns that differ between any two builds."""

TOLERANCE = 1e-9
"""Sums of binary fractions depend on the order of their terms: as a share of the larger value."""

PEOPLE = f"""
    create or replace temp table pairs as
    with met as (
        select distinct plain.customer_id as plain_id, vendors.customer_id as vendors_id
        from {PLAIN}.pii.customer_identifiers as plain
        inner join {VENDORS}.pii.customer_identifiers as vendors
            on plain.identifier_type = vendors.identifier_type
            and plain.identifier_value = vendors.identifier_value
        where plain.identifier_type not in ('anonymous_id', 'device_id')
    )
    select plain_id, vendors_id from met
    qualify
        count(*) over (partition by plain_id) = 1
        and count(*) over (partition by vendors_id) = 1
"""

COLUMNS = """
    select column_name, data_type
    from duckdb_columns()
    where database_name = ? and schema_name || '.' || table_name = ?
    order by column_index
"""


@dataclass(frozen=True)
class ComparedColumn:
    """One column of a table in both builds, over the rows that both have.

    Attributes
    ----------
    table, column
        Which.
    rows, equal
        Rows that both builds have, and those of them in which they say the same.
    largest
        The largest difference of numbers; None for what is no number, and without any difference.
    """

    table: str
    column: str
    rows: int
    equal: int
    largest: float | None

    @property
    def differing(self) -> int:
        """Rows in which the builds say something else."""
        return self.rows - self.equal


@dataclass(frozen=True)
class ComparedTable:
    """One table in both builds.

    Attributes
    ----------
    table
        Schema and name.
    plain_rows, vendors_rows
        Rows of each build.
    columns
        Of both builds, but for :data:`STAMPS`.
    only_plain, only_vendors
        Columns that one of the two has alone.
    """

    table: str
    plain_rows: int
    vendors_rows: int
    columns: tuple[ComparedColumn, ...]
    only_plain: tuple[str, ...]
    only_vendors: tuple[str, ...]

    @property
    def rows(self) -> int:
        """Rows that both have."""
        return self.columns[0].rows


def pair_customers(connection: DuckDBPyConnection) -> tuple[int, int, int]:
    """Find who is who, by their identifiers; return customers of both, paired one to one, of each.

    Where a customer of one build is two of the other, neither is paired.
    """
    connection.execute(PEOPLE)
    plain, vendors = (_count(connection, f"{build}.core.customers") for build in (PLAIN, VENDORS))
    return _count(connection, "pairs"), plain, vendors


def compare_table(connection: DuckDBPyConnection, table: str, keys: Sequence[str]) -> ComparedTable:
    """Compare a table whose rows are a customer, or a customer and ``keys``."""
    plain, vendors = (
        dict(connection.execute(COLUMNS, [build, table]).fetchall()) for build in (PLAIN, VENDORS)
    )
    names = [name for name in plain if name in vendors and name not in STAMPS]
    asked = ", ".join(_asked(name, plain[name]) for name in names)
    matched = " and ".join(f"plain.{key} = vendors.{key}" for key in keys) or "true"
    row = connection.execute(f"""
        select count(*), {asked}
        from {PLAIN}.{table} as plain
        inner join pairs on plain.customer_id = pairs.plain_id
        inner join {VENDORS}.{table} as vendors
            on pairs.vendors_id = vendors.customer_id and {matched}
    """).fetchall()[0]
    rows, answers = row[0], row[1:]
    return ComparedTable(
        table,
        _count(connection, f"{PLAIN}.{table}"),
        _count(connection, f"{VENDORS}.{table}"),
        tuple(
            ComparedColumn(table.rpartition(".")[2], name, rows, equal, largest)
            for name, equal, largest in zip(names, answers[::2], answers[1::2], strict=True)
        ),
        tuple(name for name in plain if name not in vendors),
        tuple(name for name in vendors if name not in plain),
    )


def _asked(name: str, data_type: str) -> str:
    plain, vendors = f'plain."{name}"', f'vendors."{name}"'
    if not data_type.startswith(("DOUBLE", "FLOAT", "DECIMAL", "BIGINT", "INTEGER", "HUGEINT")):
        return f"count(*) filter ({plain} is not distinct from {vendors}), null"
    apart = f"abs(cast({plain} as double) - cast({vendors} as double))"
    room = f"{TOLERANCE} * greatest(1, abs(cast({plain} as double)))"
    equal = f"{plain} is not distinct from {vendors} or {apart} <= {room}"
    return f"count(*) filter ({equal}), max({apart}) filter (not ({equal}))"


def _count(connection: DuckDBPyConnection, relation: str) -> int:
    return int(connection.execute(f"select count(*) from {relation}").fetchall()[0][0])
