"""A database file without the person: written anew, proved, and put in the old one's place.

DuckDB frees the blocks of deleted rows and does not overwrite them. So no row is deleted: what
stays is copied into a fresh file, which has never held the person.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tessera.commands import CommandError
from tessera.commands.erasure.byte_search import require_no_bytes
from tessera.commands.erasure.catalog import Table, literal, quoted, tables_of
from tessera.commands.erasure.traces import FORGOTTEN
from tessera.publishing import STORAGE_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

    from tessera.commands.erasure.traces import Traces

_FRESH = "fresh"


@dataclass(frozen=True)
class TableProof:
    """What became of one table of one file.

    Attributes
    ----------
    file, table
        Names of both.
    rows_before, rows_after
        How many rows it had and has.
    rows_redacted
        Rows of others in which a text mentioned the person.
    hits_left
        Rows of the new table that are the person's or mention them: 0.
    """

    file: str
    table: str
    rows_before: int
    rows_after: int
    rows_redacted: int
    hits_left: int = 0

    @property
    def is_touched(self) -> bool:
        """Whether the table held the person, or a text in it mentioned them."""
        return self.rows_before != self.rows_after or self.rows_redacted > 0


def survey(traces: Traces, database: str, file: str) -> list[TableProof]:
    """Count what an erasure would do to each table of an attached file, changing nothing."""
    return [
        _surveyed(traces, table, database, file) for table in tables_of(traces.connection, database)
    ]


def _surveyed(traces: Traces, table: Table, database: str, file: str) -> TableProof:
    query = (
        "select count(*), count(*) filter (where own), "
        "count(*) filter (where mentioned and not own) "
        f"from (select {traces.is_own(table)} as own, {_mentioned(traces, table)} as mentioned "
        f"from {table.within(database)})"
    )
    bound = {"pattern": traces.pattern} if "$pattern" in query else None
    rows, own_rows, mentions = traces.connection.execute(query, bound).fetchall()[0]
    return TableProof(file, table.label, rows, rows - own_rows, mentions)


def _mentioned(traces: Traces, table: Table) -> str:
    """Return the SQL condition that any text of a row mentions the person: searched as one text."""
    texts = [f"cast({quoted(column)} as varchar)" for column in [*table.texts, *table.nested]]
    return traces.mentions(f"concat_ws(chr(31), {', '.join(texts)})") if texts else "false"


def rewrite(traces: Traces, database: str, path: Path) -> list[TableProof]:
    """Write the attached file anew without the person, prove it, and put it in its place.

    The file itself is not changed before the new one is whole: after a crash it is the old file or
    the new one. Whoever has the old one open keeps it until they close it.

    Parameters
    ----------
    traces
        What the person's rows are known by.
    database
        The name under which the file is attached.
    path
        The file.

    Raises
    ------
    CommandError
        The disk is too full, or the new file still holds something: the old one stays.
    """
    part = path.with_name(f"{path.name}.part")
    _require_space(path)
    with _removed_on_failure(part):
        with _attached_fresh(traces.connection, part, is_release=database != "build"):
            proofs = _copy(traces, database, path.name)
            leftovers = survey(traces, _FRESH, path.name)
            proofs = _proved(proofs, leftovers)
            traces.connection.execute(f"checkpoint {_FRESH}")
            require_no_bytes(traces.connection, _FRESH, part, traces.searched)
        stat = path.stat()
        os.utime(part, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        part.chmod(stat.st_mode)
        _require_no_wal(part)
        _require_no_wal(path)
        part.replace(path)
    return proofs


def _copy(traces: Traces, database: str, file: str) -> list[TableProof]:
    connection = traces.connection
    connection.execute(f"copy from database {database} to {_FRESH} (schema)")
    proofs = survey(traces, database, file)
    for table, proof in zip(tables_of(connection, database), proofs, strict=True):
        values = ", ".join(_kept(traces, table, proof))
        query = (
            f"insert into {table.within(_FRESH)} select {values} "
            f"from {table.within(database)} where not {traces.is_own(table)}"
        )
        bound = {"pattern": traces.pattern} if "$pattern" in query else None
        connection.execute(query, bound)
    return proofs


def _kept(traces: Traces, table: Table, proof: TableProof) -> Iterator[str]:
    """Return each column as it is kept: what mentions the person without the mention."""
    for column in table.columns:
        name = quoted(column)
        if not proof.rows_redacted or column not in {*table.texts, *table.nested}:
            yield name
        elif column in table.nested:
            yield f"case when not {traces.mentions(name)} then {name} end"
        else:
            once = f"regexp_replace({name}, $pattern, '\\1{FORGOTTEN}\\2', 'g')"
            # A mention that shares its delimiter with the one before is found at the second time.
            twice = f"regexp_replace({once}, $pattern, '\\1{FORGOTTEN}\\2', 'g')"
            yield f"case when {traces.mentions(name)} then {twice} else {name} end"


def _proved(proofs: list[TableProof], leftovers: list[TableProof]) -> list[TableProof]:
    """Return the proofs with what the new file holds, once that is what was expected of it."""
    proved = [
        TableProof(
            file=proof.file,
            table=proof.table,
            rows_before=proof.rows_before,
            rows_after=after.rows_before,
            rows_redacted=proof.rows_redacted,
            hits_left=after.rows_before - after.rows_after + after.rows_redacted,
        )
        for proof, after in zip(proofs, leftovers, strict=True)
    ]
    for found, proof in zip(proved, proofs, strict=True):
        if found.hits_left or found.rows_after != proof.rows_after:
            raise CommandError(
                f"{found.file}, {found.table}: {found.hits_left} rows of the person are left, "
                f"{found.rows_after} rows instead of {proof.rows_after}. The file was not replaced"
            )
    return proved


@contextmanager
def _attached_fresh(
    connection: duckdb.DuckDBPyConnection, part: Path, *, is_release: bool
) -> Iterator[None]:
    part.unlink(missing_ok=True)
    version = f" (storage_version '{STORAGE_VERSION}')" if is_release else ""
    connection.execute(f"attach {literal(str(part))} as {_FRESH}{version}")
    try:
        yield
    finally:
        connection.execute(f"detach {_FRESH}")


@contextmanager
def _removed_on_failure(part: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for path in (part, _wal_of(part)):
            path.unlink(missing_ok=True)
        raise


def _require_space(path: Path) -> None:
    needed, free = path.stat().st_size, shutil.disk_usage(path.parent).free
    if free < needed:
        raise CommandError(
            f"{path.name} is written anew, which takes up to {needed / 1024**2:,.0f} MB; "
            f"{path.parent} has {free / 1024**2:,.0f} MB free: make room there"
        )


def _require_no_wal(path: Path) -> None:
    if _wal_of(path).exists():
        raise CommandError(f"{_wal_of(path)} is still there: the file was not written out whole")


def _wal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")
