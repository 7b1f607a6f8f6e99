"""Which features the last run had: so that one that is lost can be named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tessera.runs import Run

_NEEDED = ("feature_name", "feeds_folder")


def load_earlier_features(session: Any, this: Any, run: Run) -> list[str]:
    """Read from the standing table of ``feature_statistics`` what the last run over the feeds had.

    A feature that was missing then is listed as well: the table repeats it until a run accepts its
    volumes, so that a red build does not make the next one green.

    Parameters
    ----------
    session
        The DuckDB connection that dbt hands to a Python model.
    this
        ``dbt.this`` of ``feature_statistics``.
    run
        The run. When it accepts volumes, nothing is owed.

    Returns
    -------
    list of str
        In alphabetical order; empty before the first run, and after a run over another folder.
    """
    found = session.execute(
        "select column_name from information_schema.columns "
        "where table_catalog = current_database() and table_schema = ? and table_name = ?",
        [this.schema, this.identifier],
    ).fetchall()
    if run.accepts_volumes or not {*_NEEDED} <= {name for (name,) in found}:
        return []
    rows = session.execute(
        f"select feature_name from {this} where feeds_folder = ? order by feature_name",  # noqa: S608 - dbt's own name
        [run.feeds_folder],
    ).fetchall()
    return [name for (name,) in rows]
