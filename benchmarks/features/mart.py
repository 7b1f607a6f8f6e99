"""What dbt takes for the feature models, from the facts of core to ``customer_features``."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import duckdb

from benchmarks.dbt_process import POLL_SECONDS, require_success, started
from benchmarks.memory import peak_of_children, sample_tree
from benchmarks.process_cost import processor_seconds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from benchmarks.workspace import Workspace

MODELS = ("+customer_features,path:models/features", "built_snapshots")
NOT_MODELS = ("resource_type:test", "resource_type:unit_test")
"""What a first build of the demo shop leaves out."""

_SIZES = """
select
    (select count(*) from features.customer_snapshots),
    (select count(*) from features.snapshots_due),
    (select count(*) - 3 from duckdb_columns()
    where schema_name = 'features' and table_name = 'customer_features')
"""


@dataclass(frozen=True)
class MartRun:
    """One run of the feature models.

    Attributes
    ----------
    seconds
        Wall time from the first model's start to the last one's end.
    command_seconds
        Wall time of the whole command, dbt's own start included.
    processor_seconds
        Time of the whole command on all cores.
    peak
        Most bytes held at once.
    seconds_of
        Name of each model to its own wall seconds; several run at a time.
    rows, rows_due, features
        Rows of the spine, those of them that were computed, and features of each.
    """

    seconds: float
    command_seconds: float
    processor_seconds: float
    peak: int
    seconds_of: dict[str, float]
    rows: int
    rows_due: int
    features: int


def build_demo_shop(workspace: Workspace) -> None:
    """Build everything up to the features, so that every table is as a build leaves it."""
    arguments = ("build", "--select", "+customer_features", "--exclude", *NOT_MODELS)
    with started(workspace, *arguments) as process:
        require_success(process)


def run_mart(workspace: Workspace, variables: Mapping[str, Any], *options: str) -> MartRun:
    """Run the feature models over the facts that are there.

    Raises
    ------
    DbtFailedError
        A model failed.
    """
    before, start, peak = processor_seconds(), time.monotonic(), 0
    arguments = ("run", "--select", *MODELS, *options)
    with started(workspace, *arguments, variables=variables) as process:
        while process.is_alive:
            sample = sample_tree(process.pid)
            peak = max(peak, sample.resident if sample else 0)
            time.sleep(POLL_SECONDS)
        require_success(process)
    seconds, seconds_of = _model_seconds(workspace.artefacts)
    with duckdb.connect(str(workspace.database), read_only=True) as connection:
        ((rows, rows_due, features),) = connection.execute(_SIZES).fetchall()
    return MartRun(
        seconds=seconds,
        command_seconds=time.monotonic() - start,
        processor_seconds=processor_seconds() - before,
        peak=peak or peak_of_children(),
        seconds_of=seconds_of,
        rows=rows,
        rows_due=rows_due,
        features=features,
    )


def _model_seconds(artefacts: Path) -> tuple[float, dict[str, float]]:
    results = json.loads((artefacts / "run_results.json").read_text())["results"]
    times = [
        datetime.fromisoformat(timing[edge]).timestamp()
        for result in results
        for timing in result["timing"]
        if timing["name"] == "execute"
        for edge in ("started_at", "completed_at")
    ]
    seconds_of = {each["unique_id"].split(".")[-1]: each["execution_time"] for each in results}
    return max(times) - min(times), seconds_of
