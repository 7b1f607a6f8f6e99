"""A folder of Parquet feeds that says of itself whether it is complete.

The manifest is written last: a folder without one (somebody pulled the plug) is written again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MANIFEST = "manifest.json"


def write_feed(relation: duckdb.DuckDBPyRelation, path: Path) -> None:
    """Write one feed as Parquet; the file is under its name only when it is whole."""
    part = path.with_name(f"{path.name}.part")
    relation.write_parquet(str(part), compression="zstd")
    part.replace(path)


def count_rows(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """Count the rows of every Parquet feed in ``folder``: feed name to rows."""
    return {
        path.stem: connection.read_parquet(str(path)).aggregate("count(*)").fetchall()[0][0]
        for path in sorted(folder.glob("*.parquet"))
    }


def write_manifest(folder: Path, source: Mapping[str, Any], rows: Mapping[str, int]) -> None:
    """Record which source the feeds of ``folder`` were made from, and how many rows each has."""
    manifest = {**source, "rows": dict(sorted(rows.items()))}
    part = folder / f"{MANIFEST}.part"
    part.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    part.replace(folder / MANIFEST)


def is_complete(
    connection: duckdb.DuckDBPyConnection, folder: Path, source: Mapping[str, Any]
) -> bool:
    """Say whether ``folder`` holds every feed of this very source, with all of its rows."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return False
    if any(manifest.get(key) != value for key, value in source.items()):
        return False
    rows: dict[str, int] = manifest.get("rows", {})
    present = {path.stem for path in folder.glob("*.parquet")}
    return bool(rows) and set(rows) <= present and _agree(rows, connection, folder)


def _agree(rows: dict[str, int], connection: duckdb.DuckDBPyConnection, folder: Path) -> bool:
    try:
        found = count_rows(connection, folder)
    except duckdb.Error:  # a file that is no Parquet
        return False
    return all(found[feed] == expected for feed, expected in rows.items())
