"""Publish a release: copy the marts of a green build into the file that people read.

The file dbt builds and the file people read are two. A release is written under another name,
checked, and only then shown by swapping one link, so that a reader sees the last good release or
the new one, each whole: after a failed copy, a full disk or a kill at any moment. Where the files
lie, and how they come and go, is :mod:`tessera.release_files`; which tables may be published is
:mod:`tessera.marts`.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from tessera import release_files
from tessera.frames import TIMESTAMP
from tessera.marts import Mart, count_rows, require_marts, require_not_emptied, require_of_run
from tessera.release_files import PublishingError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tessera.runs import Run

RELEASES_SCHEMA = pa.schema(
    {
        "run_id": pa.string(),
        "as_of": TIMESTAMP,
        "published_at": TIMESTAMP,
        "table_name": pa.string(),
        "rows": pa.int64(),
    }
)
"""One row per published table of a release."""

RELEASES_ORDER = ("published_at", "run_id", "table_name")
"""The columns that identify a row of ``releases``, in the order in which it is kept."""

STORAGE_VERSION = "v1.5.0"
"""BI tools of the day read this storage version; none reads the one DuckDB 2.0 writes by itself."""

BYTES_PER_VALUE = 16
"""Twice an uncompressed number. DuckDB compresses, so that a release is smaller in practice."""

SMALLEST_RELEASE_BYTES = 16 * 1024**2
"""Room for a release of small tables: each column of each table fills a part of a 256 KiB block."""

_RELEASE = '"release"'


def publish_release(
    session: Any,
    tables: Mapping[str, str | tuple[str, str]],
    releases_folder: Path,
    run: Run,
) -> pd.DataFrame:
    """Copy the marts into a new release and show it to readers in one atomic step.

    Publishing the same run again replaces its release. Old releases are removed once readers see
    the new one, as far as they can be.

    Parameters
    ----------
    session
        The DuckDB connection that dbt hands to a Python model. Only cursors of it are used: its own
        open transaction may already write to the build, and one transaction writes to one database.
    tables
        Published table name to the built relation: ``"schema.table"`` or ``(schema, table)``.
    releases_folder
        ``TESSERA_RELEASES``: gets the link ``tessera.duckdb`` and the folder ``releases``.
    run
        The run that is published: its id names the file, and every row must carry it.

    Returns
    -------
    pandas.DataFrame
        One row per published table, columns of ``RELEASES_SCHEMA``, sorted by ``table_name``.

    Raises
    ------
    PublishingError
        A name is no identifier, a relation is missing or holds rows of another run, the disk is
        too full, or the copy differs.
    """
    release = release_files.prepare_release(releases_folder, run.run_id)
    part = release_files.part_of(release)
    with _cursor(session) as cursor:
        marts = require_marts(cursor, tables)
        for mart in marts:
            require_of_run(cursor, mart, run)
            if mart.name == "customers":
                link = releases_folder / release_files.LINK_NAME
                require_not_emptied(cursor, mart, link, run)
        _require_space(cursor, marts, release.parent)
        with release_files.removed_on_failure(part):
            rows = _write_part(cursor, marts, part)
            _require_rows(cursor, rows, part)
            part.replace(release)
    release_files.swap_link(releases_folder, release)
    release_files.remove_old_releases(release)
    return _release_rows(run, rows)


def require_unpublished(earlier: pd.DataFrame, run: Run) -> None:
    """Refuse to publish a run for the second time: marts built anew under it were never gated.

    Parameters
    ----------
    earlier
        Rows of ``releases`` that earlier builds wrote: of releases that were published whole.
    run
        The run to publish.

    Raises
    ------
    PublishingError
        The run is among them, as when ``dbt run`` leaves ``run_context`` and the gates out.
    """
    if (earlier["run_id"] == run.run_id).any():
        raise PublishingError(
            f"run {run.run_id} has been published already, and its gates have seen no later data: "
            "run dbt build, which begins a new run"
        )


def with_earlier(released: pd.DataFrame, earlier: pd.DataFrame) -> pd.DataFrame:
    """Return all releases: the earlier ones, and this one in place of an earlier try of its run."""
    kept = earlier[~earlier["run_id"].isin(released["run_id"])]
    return pd.concat([kept, released]) if len(kept) else released


def _require_space(cursor: Any, marts: list[Mart], folder: Path) -> None:
    needed = SMALLEST_RELEASE_BYTES
    for mart in marts:
        columns = len(cursor.sql(f"from {mart.source}").columns)
        needed += BYTES_PER_VALUE * columns * count_rows(cursor, mart.source)
    release_files.require_free_bytes(folder, needed)


def _write_part(cursor: Any, marts: list[Mart], part: Path) -> dict[str, int]:
    with _attached(cursor, part, f"storage_version '{STORAGE_VERSION}'"):
        cursor.execute("begin transaction")
        try:
            cursor.execute(f"create schema {_RELEASE}.marts")
            rows = {mart.name: _copy(cursor, mart) for mart in marts}
        except BaseException:
            cursor.execute("rollback")
            raise
        cursor.execute("commit")
        cursor.execute(f"checkpoint {_RELEASE}")
    return rows


def _copy(cursor: Any, mart: Mart) -> int:
    target = f'{_RELEASE}.marts."{mart.name}"'
    cursor.execute(f"create table {target} as select * from {mart.source}")  # noqa: S608 - identifiers
    comments = cursor.execute(
        "select column_name, comment from duckdb_columns() where comment is not null "
        "and database_name = current_database() and schema_name = ? and table_name = ?",
        [mart.schema, mart.table],
    ).fetchall()
    for column, comment in comments:
        quoted = column.replace('"', '""')
        cursor.execute(f'comment on column {target}."{quoted}" is {_literal(comment)}')
    return count_rows(cursor, mart.source)


def _require_rows(cursor: Any, rows: dict[str, int], part: Path) -> None:
    with _attached(cursor, part, "read_only"):
        found = {name: count_rows(cursor, f'{_RELEASE}.marts."{name}"') for name in rows}
    if found != rows:
        differing = [
            f"{name}: {rows[name]} rows, {found[name]} copied"
            for name in rows
            if found[name] != rows[name]
        ]
        raise PublishingError(f"the release is not the build: {'; '.join(differing)}")
    wal = part.with_name(f"{part.name}.wal")
    if wal.exists():
        raise PublishingError(f"{wal} is still there: the release was not written out whole")


def _release_rows(run: Run, rows: dict[str, int]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "run_id": run.run_id,
            "as_of": run.as_of,
            "published_at": run.run_started_at,
            "table_name": list(rows),
            "rows": list(rows.values()),
        },
        columns=RELEASES_SCHEMA.names,
    )


@contextmanager
def _cursor(session: Any) -> Iterator[Any]:
    cursor = session.cursor()
    try:
        yield cursor
    finally:
        cursor.close()


@contextmanager
def _attached(cursor: Any, path: Path, option: str) -> Iterator[None]:
    cursor.execute(f"attach {_literal(str(path))} as {_RELEASE} ({option})")
    try:
        yield
    finally:
        cursor.execute(f"detach {_RELEASE}")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
