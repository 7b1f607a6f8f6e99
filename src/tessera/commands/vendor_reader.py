"""Ask the throw-away file of a check what there is of vendors' exports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tessera.check.vendor_facts import ConnectorFacts, VendorTable
from tessera.commands.folder_reader import strangers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from tessera.check.project_map import ProjectMap

FILES = "select table_name, file, rows from inventory.vendor_files where connector = ?"
COLUMNS = """
    select table_name, column_name, is_declared
    from inventory.vendor_columns
    where connector = ?
"""
RANKS = "select source_rank, connector from inventory.connectors"


def read_connectors(
    connection: DuckDBPyConnection, project: ProjectMap, folder: Path, errors: Mapping[str, str]
) -> list[ConnectorFacts]:
    """Read what was found of each connector that is switched on.

    Parameters
    ----------
    connection
        To the throw-away file, with the inventory of the connectors in it.
    project
        Says which connectors there are.
    folder
        The feeds folder.
    errors
        Why a connector's tables cannot be read, by connector.
    """
    return [
        _connector(connection, name, project.connectors[name], folder / name, errors.get(name, ""))
        for name in project.connected
    ]


def _connector(
    connection: DuckDBPyConnection, name: str, tables: Sequence[str], folder: Path, error: str
) -> ConnectorFacts:
    files = connection.execute(FILES, [name]).fetchall()
    columns = connection.execute(COLUMNS, [name]).fetchall()
    found = []
    for table in tables:
        rows = [count for each, _, count in files if each == table]
        read = tuple(column for each, column, is_read in columns if each == table and is_read)
        unread = tuple(column for each, column, is_read in columns if each == table and not is_read)
        found.append(VendorTable(table, len(rows), sum(rows), read, unread))
    known = [Path(file) for _, file, _ in files]
    strange = () if error else tuple(strangers(folder, known))
    return ConnectorFacts(name, error, tuple(found), strange)


def source_ranks(connection: DuckDBPyConnection) -> dict[int, str]:
    """Return the connector that rows of a rank come from; rank 0, plain files, has none."""
    return dict(connection.execute(RANKS).fetchall())
