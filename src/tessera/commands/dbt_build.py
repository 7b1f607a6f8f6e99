"""Run ``dbt build`` in this process, quietly: the only module of Tessera that knows dbt."""

from __future__ import annotations

import gc
import json
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tessera.commands.outcomes import BuildOutcome, NodeOutcome, stage_of
from tessera.commands.project import environment_variables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from tessera.commands.project import Project

SILENT = {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DO_NOT_TRACK": "1"}


def run_dbt_build(
    project: Project,
    target: str,
    feeds_folder: str,
    variables: Mapping[str, Any],
    on_node: Callable[[int, int, str, str], None],
    *,
    is_full: bool,
) -> BuildOutcome:
    """Build the project and say how it ended; dbt's own words go to ``logs/dbt.log``.

    Parameters
    ----------
    project, target
        Which project, and which target of its profile.
    feeds_folder
        As :func:`tessera.commands.project.require_feeds` gives it.
    variables
        dbt vars; the project's macros validate them.
    on_node
        Told of each node that begins: its number, how many there are, its stage, its name.
    is_full
        Rebuild what dbt would only add to, and parse every file anew.
    """
    from dbt.cli.main import dbtRunner  # noqa: PLC0415 - takes a second, so only when building

    listener = _Listener(on_node)
    paths = {
        "TESSERA_DATA": feeds_folder,
        "TESSERA_DATABASE": str(project.database),
        "TESSERA_RELEASES": str(project.releases_folder),
    }
    project.database.parent.mkdir(parents=True, exist_ok=True)
    with environment_variables(SILENT | paths):
        try:
            with _python_warnings_logged(project.folder / "logs"):
                result = dbtRunner(callbacks=[listener]).invoke(
                    _arguments(project.folder, target, variables, is_full=is_full)
                )
        finally:
            _let_go_of_the_database()
    return _outcome(result, listener.run_id)


def _arguments(
    folder: Path, target: str, variables: Mapping[str, Any], *, is_full: bool
) -> list[str]:
    silent = [
        "--log-level",
        "none",
        "--log-level-file",
        "debug",
        "--log-path",
        str(folder / "logs"),
    ]
    silent += ["--no-print", "--no-use-colors", "--no-use-colors-file"]
    arguments = [*silent, "build", "--project-dir", str(folder), "--profiles-dir", str(folder)]
    arguments += ["--target", target]
    if variables:
        arguments += ["--vars", json.dumps(variables)]
    if is_full:
        arguments += ["--full-refresh", "--no-partial-parse"]
    return arguments


class _Listener:
    """Hears dbt's events: keeps the run's id and passes on which node begins."""

    def __init__(self, on_node: Callable[[int, int, str, str], None]) -> None:
        self.on_node = on_node
        self.run_id = ""

    def __call__(self, event: Any) -> None:
        self.run_id = event.info.invocation_id
        if event.info.name == "LogStartLine":
            node = event.data.node_info
            stage = stage_of(node.resource_type, node.node_path)
            self.on_node(event.data.index, event.data.total, stage, node.node_name)


def _outcome(result: Any, run_id: str) -> BuildOutcome:
    message = "" if result.exception is None else str(result.exception)
    results = getattr(result.result, "results", ())
    built = {each.node.unique_id: each.node for each in results}
    nodes = tuple(_node(each, built) for each in results)
    return BuildOutcome(run_id, bool(result.success), nodes, message)


def _node(result: Any, built: Mapping[str, Any]) -> NodeOutcome:
    node = result.node
    kind = str(node.resource_type)
    metadata = getattr(node, "test_metadata", None)
    depends_on = getattr(node.depends_on, "nodes", [])  # a seed depends on macros only
    parents = [built[name] for name in depends_on if name in built]
    attached = getattr(node, "attached_node", None)
    parents.sort(key=lambda parent: parent.unique_id != attached)
    return NodeOutcome(
        name=node.name,
        kind=kind,
        stage=stage_of(kind, node.path),
        status=str(result.status),
        seconds=float(result.execution_time),
        message=result.message or "",
        test_name="" if metadata is None else metadata.name,
        tested=tuple(parent.relation_name for parent in parents if parent.relation_name),
    )


def _let_go_of_the_database() -> None:
    """Close dbt's connections: it would keep the file locked for as long as this process lives."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager  # noqa: PLC0415
    from dbt.adapters.factory import reset_adapters  # noqa: PLC0415

    reset_adapters()
    DuckDBConnectionManager.close_all_connections()
    gc.collect()


@contextmanager
def _python_warnings_logged(folder: Path) -> Iterator[None]:
    """Write the warnings of Python libraries to ``logs/python.log`` instead of the screen."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(folder / "python.log", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger = logging.getLogger("py.warnings")
    logging.captureWarnings(True)
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = True
        logging.captureWarnings(False)
        handler.close()
