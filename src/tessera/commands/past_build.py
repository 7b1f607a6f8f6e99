"""Build the features as of a snapshot, from feeds that end before it, into a throw-away file."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import duckdb

from tessera.commands import CommandError
from tessera.commands.dbt_runner import Listener, outcome_of, run_dbt
from tessera.commands.failures import plain_message
from tessera.commands.release_reader import opened_read_only
from tessera.leaks.deliveries import Cut, write_feeds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from tessera.commands.dbt_runner import OnNode
    from tessera.commands.project import Project

SELECTED = ("--select", "+customer_features")
"""The features and all that they are made from."""

LINKAGE_MODELS = """
    create schema registry;
    create table registry.contact_linkage_models as
    select * replace (least(as_of, $snapshot) as as_of) from now.registry.contact_linkage_models
"""


def build_past(
    project: Project,
    target: str,
    snapshot_at: datetime,
    variables: Mapping[str, Any],
    folder: Path,
    on_node: OnNode,
) -> tuple[Path, list[Cut]]:
    """Build, and return the file with what of each feed was not in it.

    The model that links contacts without a common key is that of the last build: what it learnt
    from all contacts is no fact about anybody, and two models would make two peoples.

    Parameters
    ----------
    project, target
        Which project, and which target of its profile; its last build is only read.
    snapshot_at
        The instant to look from.
    variables
        dbt vars of the last build; where time, zone and currency differ they are overruled.
    folder
        An existing folder for the feeds and the file.
    on_node
        Told of each node that begins.

    Raises
    ------
    CommandError
        The build failed.
    """
    feeds = folder / "feeds"
    feeds.mkdir()
    with opened_read_only(project.database) as now:
        cuts = write_feeds(now, snapshot_at, feeds)
        ((currency,),) = now.execute(
            "select reporting_currency from registry.run_context"
        ).fetchall()
    past = replace(
        project,
        database=folder / "build.duckdb",
        releases_folder=folder,
        tombstones=project.tombstones_folder,
    )
    _carry_linkage_models(project.database, past.database, snapshot_at)
    listener = Listener(on_node)
    result = run_dbt(
        past,
        str(feeds),
        _arguments(
            target,
            folder,
            {
                **variables,
                "as_of": snapshot_at.isoformat(sep=" "),
                "feeds_time_zone": "UTC",  # times have been read, and are written in UTC
                "reporting_currency": currency,
                "snapshot_months": 1,
            },
        ),
        listener,
    )
    outcome = outcome_of(result, listener.run_id)
    if not outcome.has_succeeded:
        said = outcome.message or next((node.message for node in outcome.failures), "")
        raise CommandError(
            f"the features as of {snapshot_at:%Y-%m-%d} cannot be built: {plain_message(said)}"
        )
    return past.database, cuts


def _arguments(target: str, folder: Path, variables: Mapping[str, Any]) -> list[str]:
    kinds = ["--resource-type", "seed", "--resource-type", "model"]
    artefacts = ["--target-path", str(folder / "target"), "--no-write-json"]
    told = ["--vars", json.dumps(dict(variables))]
    return ["build", *SELECTED, *kinds, "--target", target, *artefacts, *told]


def _carry_linkage_models(now: Path, past: Path, snapshot_at: datetime) -> None:
    with duckdb.connect(str(past)) as connection:
        quoted = str(now).replace("'", "''")
        connection.execute(f"attach '{quoted}' as now (read_only)")
        known = connection.execute(
            "select 1 from duckdb_tables() where database_name = 'now' "
            "and schema_name = 'registry' and table_name = 'contact_linkage_models'"
        ).fetchall()
        if known:
            connection.execute(LINKAGE_MODELS, {"snapshot": snapshot_at})
