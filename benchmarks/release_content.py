"""What a published file holds, and whether it is one release and whole.

Also a reader in its own process: ``python -m benchmarks.release_content <link>`` opens the link
again and again, as a BI tool would, and prints a line of JSON each time.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

READER_PAUSE_SECONDS = 0.2


class NotWholeError(RuntimeError):
    """The published file cannot be read, or is not one whole release."""


@dataclass(frozen=True)
class Release:
    """One whole release.

    Attributes
    ----------
    run_id
        The run that every row of every table names.
    tables
        Name of each table to the number of its rows and a checksum of their content.
    """

    run_id: str
    tables: dict[str, tuple[int, str]]


def read_release(link: Path) -> Release:
    """Read all of what ``link`` shows.

    Raises
    ------
    NotWholeError
        It cannot be opened or read, holds no tables, or its tables name different runs.
    """
    try:
        with duckdb.connect(str(link), read_only=True) as connection:
            return _read(connection)
    except duckdb.Error as error:
        raise NotWholeError(str(error)) from error


def _read(connection: duckdb.DuckDBPyConnection) -> Release:
    names = connection.execute(
        "select table_name from information_schema.tables where table_schema = 'marts' order by 1"
    ).fetchall()
    if not names:
        raise NotWholeError("it holds no tables")
    tables: dict[str, tuple[int, str]] = {}
    run_ids: set[str] = set()
    for (name,) in names:
        rows, content, runs = connection.execute(
            "select count(*), cast(sum(hash(published)) as varchar), list(distinct run_id) "
            f'from marts."{name}" as published'
        ).fetchall()[0]
        tables[name] = (rows, content)
        run_ids.update(runs or [])
    if len(run_ids) != 1:
        raise NotWholeError(f"its tables name {len(run_ids)} runs: {sorted(run_ids)}")
    return Release(run_ids.pop(), tables)


def read_on_and_on(link: Path) -> None:
    """Print what each opening of ``link`` shows, until somebody ends this process."""
    while True:
        began = time.monotonic()
        try:
            seen = {"run_id": read_release(link).run_id, "fault": ""}
        except NotWholeError as error:
            seen = {"run_id": "", "fault": str(error)}
        print(json.dumps({**seen, "seconds": time.monotonic() - began}), flush=True)
        time.sleep(READER_PAUSE_SECONDS)


if __name__ == "__main__":
    read_on_and_on(Path(sys.argv[1]))
