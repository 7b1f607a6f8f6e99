"""The features of a mart as DuckDB spells them: by type, never by a list of names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tessera.features.columns import KEY_COLUMNS

_NUMBER = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL\(.*\)|FLOAT|DOUBLE|BOOLEAN")


@dataclass(frozen=True)
class MartColumn:
    """A feature and how a statement reads it.

    Attributes
    ----------
    name
        The column.
    is_text
        Whether it holds levels: text, and whatever else is no number and no boolean.
    """

    name: str
    is_text: bool

    @property
    def quoted(self) -> str:
        """The column as it is, an identifier of SQL."""
        escaped = self.name.replace('"', '""')
        return f'"{escaped}"'

    @property
    def value(self) -> str:
        """The column as text or as a double: alike for equal values of two number types."""
        return f"cast({self.quoted} as {'varchar' if self.is_text else 'double'})"


def mart_columns(mart: Any) -> list[MartColumn]:
    """List the features of ``customer_features`` (a DuckDB relation) in the mart's order."""
    return [
        MartColumn(name, is_text=not _NUMBER.fullmatch(str(kind)))
        for name, kind in zip(mart.columns, mart.types, strict=True)
        if name not in KEY_COLUMNS
    ]
