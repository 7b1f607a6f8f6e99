"""The tables of an attached file, as the file lists them: tomorrow's model is searched, too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    import duckdb

TEXT = "VARCHAR"

COLUMNS = """
    select columns.schema_name, columns.table_name, columns.column_name, columns.data_type
    from duckdb_columns() as columns
    inner join duckdb_tables() as tables using (database_name, schema_name, table_name)
    where database_name = ?
    order by columns.schema_name, columns.table_name, columns.column_index
"""

NO_TEXT = ("INT", "DECIMAL", "DOUBLE", "FLOAT", "BOOL", "TIME", "DATE", "INTERVAL")
"""How the names of types begin, or what they hold, of which no value is a word."""


@dataclass(frozen=True)
class Table:
    """A table and the types of its columns, in their order. Views hold no rows and are none."""

    schema: str
    name: str
    columns: dict[str, str]

    @property
    def label(self) -> str:
        """The name as people say it."""
        return f"{self.schema}.{self.name}"

    def within(self, database: str) -> str:
        """Return the quoted name of the table in an attached file."""
        return f"{database}.{quoted(self.schema)}.{quoted(self.name)}"

    @property
    def texts(self) -> list[str]:
        """Columns of text."""
        return [name for name, kind in self.columns.items() if kind == TEXT]

    @property
    def nested(self) -> list[str]:
        """Columns that are no text and may hold one: lists, structs, maps, JSON, bytes."""
        return [name for name, kind in self.columns.items() if _is_nested(kind)]


def _is_nested(kind: str) -> bool:
    if kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION")):
        return TEXT in kind or "JSON" in kind
    return kind != TEXT and not any(word in kind for word in NO_TEXT)


def tables_of(connection: duckdb.DuckDBPyConnection, database: str) -> list[Table]:
    """Return every table of an attached file, by schema and name."""
    tables: dict[tuple[str, str], dict[str, str]] = {}
    for schema, name, column, kind in connection.execute(COLUMNS, [database]).fetchall():
        tables.setdefault((schema, name), {})[column] = kind
    return [Table(*place, columns) for place, columns in tables.items()]


def has_table(
    connection: duckdb.DuckDBPyConnection, database: str, schema: str, table: str
) -> bool:
    """Tell whether an attached file has a table."""
    found = connection.execute(
        "select count(*) from duckdb_tables() "
        "where database_name = ? and schema_name = ? and table_name = ?",
        [database, schema, table],
    ).fetchall()
    return bool(found[0][0])


def literal(text: str) -> str:
    """Return a name of the catalogue or a path as a SQL literal; data are bound, never written."""
    return "'" + text.replace("'", "''") + "'"


def quoted(name: str) -> str:
    """Return an identifier as SQL reads it, whatever characters it has."""
    return '"' + name.replace('"', '""') + '"'


def declared_keys(models: Path) -> frozenset[tuple[str, str]]:
    """Return table and id column wherever the project's models declare an id to be unique.

    Such an id names one row: what hangs on a row of the person hangs on the person.

    Parameters
    ----------
    models
        The folder of the project's models, with their YAML files.
    """
    return frozenset(
        (model["name"], column["name"])
        for path in sorted(models.rglob("*.yml"))
        for model in _mapping(yaml.safe_load(path.read_text(encoding="utf-8"))).get("models") or []
        for column in model.get("columns") or []
        if column["name"].endswith("_id") and "unique" in _tests(column)
    )


def _tests(column: dict[str, Any]) -> Iterator[str]:
    for test in column.get("data_tests") or column.get("tests") or []:
        yield test if isinstance(test, str) else next(iter(test))


def _mapping(document: Any) -> dict[str, Any]:
    return document if isinstance(document, dict) else {}
