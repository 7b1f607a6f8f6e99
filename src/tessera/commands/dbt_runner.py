"""Run dbt in this process, quietly, and say in plain data how it ended."""

from __future__ import annotations

import gc
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tessera.commands.outcomes import BuildOutcome, NodeOutcome, stage_of
from tessera.commands.project import environment_variables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tessera.commands.project import Project

    OnNode = Callable[[int, int, str, str], None]
    """Told of each node that begins: its number, how many there are, its stage, its name."""

SILENT = {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DO_NOT_TRACK": "1"}


def run_dbt(
    project: Project,
    feeds_folder: str,
    arguments: Sequence[str],
    listener: Listener,
    manifest: Any = None,
) -> Any:
    """Run one dbt command and return dbt's own result; its words go to ``logs/dbt.log``.

    Parameters
    ----------
    project
        Which project, which file is built, and where it would be released.
    feeds_folder
        As :func:`tessera.commands.project.find_feeds` gives it.
    arguments
        The command and its options.
    listener
        Hears dbt's events.
    manifest
        The project as an earlier ``parse`` returned it, or None to read it now.

    Raises
    ------
    KeyboardInterrupt, SystemExit
        It was ended from outside; dbt would only have told of it.
    """
    from dbt.cli.main import dbtRunner  # noqa: PLC0415 - takes a second, so only when building

    logs = project.folder / "logs"
    with environment_variables(SILENT | _paths(project, feeds_folder)):
        try:
            with _python_warnings_logged(logs):
                runner = dbtRunner(manifest=manifest, callbacks=[listener])
                result = runner.invoke([*_quiet(logs), *arguments, *_where(project)])
        finally:
            let_go_of_the_database()
    if isinstance(result.exception, (KeyboardInterrupt, SystemExit)):
        raise result.exception
    return result


def _paths(project: Project, feeds_folder: str) -> dict[str, str]:
    return {
        "TESSERA_DATA": feeds_folder,
        "TESSERA_DATABASE": str(project.database),
        "TESSERA_RELEASES": str(project.releases_folder),
        "TESSERA_TOMBSTONES": str(project.tombstones_folder),
    }


def _quiet(logs: Path) -> list[str]:
    silent = ["--log-level", "none", "--log-level-file", "debug", "--log-path", str(logs)]
    return [*silent, "--no-print", "--no-use-colors", "--no-use-colors-file"]


def _where(project: Project) -> list[str]:
    return ["--project-dir", str(project.folder), "--profiles-dir", str(project.folder)]


class Listener:
    """Hears dbt's events: keeps the run's id and passes on which node begins."""

    def __init__(self, on_node: OnNode) -> None:
        self.on_node = on_node
        self.run_id = ""

    def __call__(self, event: Any) -> None:
        """Take note of one event."""
        self.run_id = event.info.invocation_id
        if event.info.name == "LogStartLine":
            node = event.data.node_info
            stage = stage_of(node.resource_type, node.node_path)
            self.on_node(event.data.index, event.data.total, stage, node.node_name)


def outcome_of(result: Any, run_id: str) -> BuildOutcome:
    """Return how a build ended, without anything of dbt in it."""
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


def let_go_of_the_database() -> None:
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
