"""Read what a command shows: from the published file, and after a run from the build file."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb
import pandas as pd

from tessera.commands import CommandError
from tessera.commands.failures import plain_message
from tessera.commands.project import path_to_show, tessera_command
from tessera.commands.summary import ReleaseFrames

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEGMENTS = """
    select segment_id, segment_name, customers, share, revenue, churn_rate
    from marts.segment_profiles
    order by revenue desc nulls last, segment_id
"""

CHOICE = """
    select algorithm, segments, reason
    from marts.segment_candidates
    where is_chosen
"""

CHAMPIONS = """
    select task, target, algorithm, metric, value, low, high, baseline_name, baseline_value
    from marts.model_scorecards
    where is_champion and split = 'all_origins'
    order by task, target nulls last, metric
"""

GATES = """
    select
        gate,
        count(*) as expectations,
        count(*) filter (where not has_passed and severity = 'critical') as failures,
        count(*) filter (where not has_passed and severity = 'warning') as warnings
    from marts.gate_results
    group by gate
    order by gate
"""

WARNINGS = """
    select gate, expectation_id, severity, description, observed_value, expected, unexpected_count
    from marts.gate_results
    where not has_passed
    order by gate, expectation_id
"""

UNPREDICTED = """
    select target, reason
    from features.label_supply
    where target not in (
        select target from registry.champion_models where task = 'propensity'
    )
    order by target
"""

FEEDS = """
    select feed, rows_in, rows_kept, rows_duplicate, rows_rejected
    from staging.feed_accounting
    where rows_in > 0
    order by rows_in desc, feed
"""

EVIDENCE = """
    select
        gate, expectation_id, severity, description, observed_value, expected, unexpected_count,
        unexpected_sample
    from {gate}
    where not has_passed and checked_at = (select max(checked_at) from {gate})
    order by severity, expectation_id
"""


@contextmanager
def opened_read_only(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a DuckDB file without any right to change it.

    Raises
    ------
    CommandError
        The file is not there, or another program has it open for writing.
    """
    if not path.exists():
        shown = path_to_show(path)
        raise CommandError(f"there is no {shown} yet: run `{tessera_command()} build` first")
    try:
        connection = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise CommandError(f"cannot open {path}: {plain_message(str(error))}") from error
    with connection:
        connection.execute("set TimeZone = 'UTC'")
        yield connection


def read_release(release: Path, database: Path) -> ReleaseFrames:
    """Read what the summary of a build shows; what a file does not have is an empty frame.

    Parameters
    ----------
    release
        The published file: segments, score cards and gates.
    database
        The file dbt built, which must be closed by now: how many rows of each feed were kept.
    """
    with opened_read_only(release) as connection:
        segments, choice = _read(connection, SEGMENTS), _read(connection, CHOICE)
        champions = _read(connection, CHAMPIONS)
        gates, warnings = _read(connection, GATES), _read(connection, WARNINGS)
    with opened_read_only(database) as connection:
        unpredicted, feeds = _read(connection, UNPREDICTED), _read(connection, FEEDS)
    return ReleaseFrames(segments, choice, champions, gates, warnings, unpredicted, feeds)


def read_evidence(database: Path, gate: str) -> pd.DataFrame:
    """Read which expectations of the newest check of a gate were not met.

    Parameters
    ----------
    database
        The file dbt built, which must be closed by now.
    gate
        The gate's relation, quoted as dbt quotes it (``"build"."gates"."gate_core"``).
    """
    with opened_read_only(database) as connection:
        return _read(connection, EVIDENCE.format(gate=gate))


def _read(connection: duckdb.DuckDBPyConnection, query: str) -> pd.DataFrame:
    try:
        return connection.sql(query).df()
    except duckdb.CatalogException:  # no such table
        return pd.DataFrame()
