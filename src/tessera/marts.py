"""The built tables that a release is made of: each there, and each of the run that publishes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tessera.release_files import PublishingError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tessera.runs import Run

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Mart(NamedTuple):
    """A table to publish: its published name, and where it is in the build (quoted)."""

    name: str
    schema: str
    table: str
    source: str


def require_marts(cursor: Any, tables: Mapping[str, str | tuple[str, str]]) -> list[Mart]:
    """Find the built tables, sorted by the names under which they are published.

    Raises
    ------
    PublishingError
        No table was named, a name is no identifier, or the build lacks a table.
    """
    if not tables:
        raise PublishingError("there is nothing to publish: no table was named")
    (database,) = cursor.execute("select current_database()").fetchall()[0]
    marts = [_mart(str(database), name, built) for name, built in sorted(tables.items())]
    found = set(
        cursor.execute(
            "select table_schema, table_name from information_schema.tables "
            "where table_catalog = current_database()"
        ).fetchall()
    )
    missing = [
        f"{mart.schema}.{mart.table}" for mart in marts if (mart.schema, mart.table) not in found
    ]
    if missing:
        raise PublishingError(
            f"the build has no {', '.join(missing)}: was it built before releases?"
        )
    return marts


def _mart(database: str, name: str, built: str | tuple[str, str]) -> Mart:
    parts = tuple(built.split(".")) if isinstance(built, str) else tuple(built)
    wrong = [part for part in (name, *parts) if not _IDENTIFIER.fullmatch(part)]
    if wrong or len(parts) != 2:  # noqa: PLR2004 - schema and table
        raise PublishingError(
            f"cannot publish {built!r} as {name!r}: expected a table name and 'schema.table', "
            "of letters, digits and '_'"
        )
    schema, table = parts
    catalog = database.replace('"', '""')
    return Mart(name, schema, table, f'"{catalog}"."{schema}"."{table}"')


def require_of_run(cursor: Any, mart: Mart, run: Run) -> None:
    """Refuse rows of another run: tests stop ``dbt build`` before such a mart, nothing ``dbt run``.

    An empty mart is of any run.

    Raises
    ------
    PublishingError
        A row's ``run_id`` or ``as_of`` is not the run's, or the mart lacks these columns.
    """
    name = f"{mart.schema}.{mart.table}"
    unstamped = {"run_id", "as_of"}.difference(cursor.sql(f"from {mart.source}").columns)
    if unstamped:
        raise PublishingError(
            f"{name} has no column {', '.join(sorted(unstamped))}: a mart says of which run it is"
        )
    strangers = cursor.execute(
        f"select distinct run_id, as_of from {mart.source} "  # noqa: S608 - identifiers
        "where run_id is distinct from ? or as_of is distinct from ? order by all limit 3",
        [run.run_id, run.as_of.to_pydatetime()],
    ).fetchall()
    if strangers:
        found = ", ".join(f"{run_id} (as of {as_of})" for run_id, as_of in strangers)
        raise PublishingError(
            f"{name} holds rows of {found}; the release would be of {run.run_id} "
            f"(as of {run.as_of}). Run the whole `dbt build`, so that marts and release are of one "
            "run; if a gate is red, mend what it found first"
        )


def require_not_emptied(cursor: Any, mart: Mart, released: Path, run: Run) -> None:
    """Refuse to replace a release that has customers by one that has none.

    Parameters
    ----------
    cursor
        A cursor of the build.
    mart
        The mart that must not lose all of its rows.
    released
        The release that readers see now; it may not exist yet.
    run
        The build; its ``accepts_volumes`` waives the refusal.

    Raises
    ------
    PublishingError
        The mart is empty, and the release that it would replace is not.
    """
    if run.accepts_volumes or count_rows(cursor, mart.source) or not released.exists():
        return
    path = str(released).replace("'", "''")
    cursor.execute(f"attach '{path}' as shown (read_only)")
    try:
        shown = count_rows(cursor, f'shown.marts."{mart.name}"')
    finally:
        cursor.execute("detach shown")
    if shown:
        raise PublishingError(
            f"this build has nobody in {mart.name}, the release that readers see has {shown:,}: "
            "are the feeds empty, or as_of before the first order? If it is right, say so once, "
            "with the var accept_volumes set to true"
        )


def count_rows(cursor: Any, relation: str) -> int:
    """Return the number of rows of a relation (quoted)."""
    return int(cursor.execute(f"select count(*) from {relation}").fetchall()[0][0])  # noqa: S608
