"""What was found of the exports that connectors read: tables, rows, and columns nobody reads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class VendorTable:
    """A table of a vendor, as its connector declares it.

    Attributes
    ----------
    name
        As declared.
    files
        How many files, or relations of the warehouse, hold it; 0 when it is absent.
    rows
        Rows in them.
    columns
        Declared columns, and those that a custom field lists, that are there.
    unread_columns
        Columns that are there and that nothing reads.
    """

    name: str
    files: int = 0
    rows: int = 0
    columns: tuple[str, ...] = ()
    unread_columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConnectorFacts:
    """A connector that is switched on.

    Attributes
    ----------
    name
        Its name, and that of its folder.
    error
        Why its tables cannot be read, or an empty string.
    tables
        In the order of declaration.
    unread_files
        What lies in its folder and bears the name of no declared table.
    """

    name: str
    error: str = ""
    tables: tuple[VendorTable, ...] = ()
    unread_files: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Rows in all of its tables."""
        return sum(table.rows for table in self.tables)
