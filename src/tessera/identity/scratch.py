"""Temporary tables of one computation: all named ``identity_work_…``, seen by one connection alone.

Their names stand literally in the statements that use them, so no SQL is put together from parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

PREFIX = "identity_work_"
ROWS_AT_A_TIME = 100_000


class Scratch:
    """The temporary tables of a connection whose name begins with :data:`PREFIX`.

    Parameters
    ----------
    connection
        A DuckDB connection, or the cursor that dbt hands to a Python model.
    """

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def run(self, statement: str, parameters: object = None) -> list[tuple[Any, ...]]:
        """Execute a statement to its end and return its rows."""
        rows: list[tuple[Any, ...]] = self.connection.execute(statement, parameters).fetchall()
        return rows

    def count(self, statement: str) -> int:
        """Execute a statement that counts, and return the number."""
        ((number,),) = self.run(statement)
        return int(number)

    def stream(self, statement: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a statement; nothing else may be executed before the last one."""
        result = self.connection.execute(statement)
        while rows := result.fetchmany(ROWS_AT_A_TIME):
            yield from rows

    def table(self, name: str) -> Any:
        """Return a table or view as a relation."""
        return self.connection.table(name)

    def offer(self, name: str, relation: Any) -> None:
        """Let statements read ``relation`` under ``name``."""
        self.connection.register(name, relation)

    def keep(self, name: str, rows: pa.Table) -> None:
        """Create or replace the temporary table ``name`` with ``rows``."""
        self.offer(PREFIX + "arriving", rows)
        self.run(f"create or replace temp table {name} as from identity_work_arriving")
        self.connection.unregister(PREFIX + "arriving")

    def clear(self, *kept: str) -> None:
        """Drop every table of this kind, but for those ``kept``."""
        tables = self.run(
            "select table_name from duckdb_tables() "
            "where database_name = 'temp' and starts_with(table_name, ?)",
            [PREFIX],
        )
        for (name,) in tables:
            if name not in kept:
                self.run(f"drop table {name}")
