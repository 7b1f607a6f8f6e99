"""Reading the seeds of segments: cells that people filled in, and how to say which to mend."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import pandas as pd

from tessera.segmentation.features import SegmentationError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class PlaybookError(SegmentationError):
    """A seed of segments cannot be read; the message says which row and column to mend."""


def text_in(cell: object) -> str | None:
    """Return what a cell says, without the space around it; None where it says nothing.

    >>> text_in(" Champions "), text_in("  "), text_in(None)
    ('Champions', None, None)
    """
    if cell is None or pd.isna(cell):
        return None
    return str(cell).strip() or None


def date_in(cell: object, where: str) -> date | None:
    """Return the day that a cell names, such as 2024-11-15; None where it says nothing.

    Raises
    ------
    PlaybookError
        It is no day; the message begins with ``where``.
    """
    said = text_in(cell)
    if said is None:
        return None
    day = pd.to_datetime(said, errors="coerce", format="ISO8601")
    if pd.isna(day):
        raise PlaybookError(f"{where} is '{said}'; expected a day such as 2024-11-15, or nothing")
    told: date = day.date()
    return told


def validity_in(row: dict[str, object], where: str) -> tuple[date | None, date | None]:
    """Return ``valid_from`` (the first day) and ``valid_to`` (the first day after) of a row.

    Raises
    ------
    PlaybookError
        One is no day, or the second is not after the first.
    """
    since, until = (
        date_in(row.get(name), f"{name} of {where}") for name in ("valid_from", "valid_to")
    )
    if since and until and until <= since:
        raise PlaybookError(
            f"valid_to of {where} is {until}; expected a day after valid_from ({since})"
        )
    return since, until


def require_columns(seed: str, frame: pd.DataFrame, needed: Iterable[str]) -> None:
    """Refuse a seed that lacks a column.

    Raises
    ------
    PlaybookError
        Naming each, with the nearest that is there.
    """
    there = list(frame.columns)
    missing = [with_nearest(name, there) for name in needed if name not in there]
    if missing:
        raise PlaybookError(f"{seed} lacks column {', '.join(missing)}")


def with_nearest(name: str, known: Iterable[str]) -> str:
    """Return the name, and the nearest that is known.

    >>> with_nearest("freqency", ["frequency", "value"])
    "'freqency' (is it 'frequency'?)"
    """
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"'{name}'" + (f" (is it '{close[0]}'?)" if close else "")
