"""Build a part of the project into a throw-away file, in steps that share one reading of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tessera.check.project_map import (
    BASE,
    PLAIN,
    DeclaredColumn,
    DeclaredFeed,
    Model,
    ProjectMap,
)
from tessera.commands import CommandError
from tessera.commands.dbt_runner import Listener, outcome_of, run_dbt
from tessera.commands.failures import plain_message
from tessera.commands.outcomes import stage_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tessera.commands.dbt_runner import OnNode
    from tessera.commands.outcomes import BuildOutcome
    from tessera.commands.project import Project

STAGING = ("+path:models/staging",)
LEARNING = ("+training_set", "+label_supply")
"""What is selected: the feeds as read, with the seeds they need; then whatever comes before the
first model is fitted."""


class ThrowAwayBuild:
    """The project on some feeds, built as far as it is asked for.

    Parameters
    ----------
    project
        Its database is the throw-away file; artefacts of dbt are put beside it.
    target, feeds_folder, variables, on_node
        As for :func:`tessera.commands.dbt_build.run_dbt_build`.
    """

    def __init__(
        self,
        project: Project,
        target: str,
        feeds_folder: str,
        variables: Mapping[str, Any],
        on_node: OnNode,
    ) -> None:
        self.project = project
        self.feeds_folder = feeds_folder
        self._listener = Listener(on_node)
        artefacts = str(project.database.parent / "target")
        self._options = ["--target", target, "--target-path", artefacts, "--no-write-json"]
        if variables:
            self._options += ["--vars", json.dumps(variables)]
        self._manifest: Any = None

    def read_project(self) -> ProjectMap:
        """Read the project, once for all steps.

        Raises
        ------
        CommandError
            dbt cannot read the project.
        """
        result = self._run(["parse"])
        self._require_success(result)
        self._manifest = result.result
        return project_map(self._manifest)

    def build_staging(self) -> BuildOutcome:
        """Read every feed; one that cannot be read does not keep the others from being read."""
        return self._build(["--select", *STAGING])

    def build_training_set(self) -> BuildOutcome:
        """Build what stands between the feeds as read and the first model, gates included."""
        return self._build(["--select", *LEARNING, "--exclude", *STAGING])

    def record_inventory(self, feeds: Sequence[str], connectors: Sequence[str]) -> None:
        """Write which files and columns were found of these into schema ``inventory``."""
        told = ["--args", json.dumps({"feeds": list(feeds), "connectors": list(connectors)})]
        self._require_success(self._run(["run-operation", "record_feed_inventory", *told]))

    def _build(self, selection: Sequence[str]) -> BuildOutcome:
        # With the tests that a build would run, but for those that look beyond the selection.
        kinds = [word for kind in ("seed", "model", "test") for word in ("--resource-type", kind)]
        bounds = ["--indirect-selection", "cautious"]
        result = self._run(["build", *selection, *kinds, *bounds])
        return outcome_of(result, self._listener.run_id)

    def _run(self, arguments: Sequence[str]) -> Any:
        return run_dbt(
            self.project,
            self.feeds_folder,
            [*arguments, *self._options],
            self._listener,
            self._manifest,
        )

    @staticmethod
    def _require_success(result: Any) -> None:
        if not result.success:
            # Of an operation that failed dbt tells its log alone.
            said = str(result.exception or "logs/dbt.log says why, near its end")
            raise CommandError(f"dbt cannot go on: {plain_message(said)}")


def project_map(manifest: Any) -> ProjectMap:
    """Return what the check needs to know of dbt's manifest."""
    nodes = {key: node for key, node in manifest.nodes.items() if node.resource_type == "model"}
    names = {key: node.name for key, node in nodes.items()}
    models = {node.name: _model(node, names) for node in nodes.values()}
    sources = list(manifest.sources.values())
    plain = [source for source in sources if source.source_name == PLAIN]
    feeds = [_feed(source) for source in plain if f"{BASE}{source.name}" in models]
    connectors: dict[str, list[str]] = {}
    for source in sources:
        if source.source_name != PLAIN:
            connectors.setdefault(source.source_name, []).append(source.name)
    return ProjectMap(tuple(feeds), models, connectors)


def _model(node: Any, names: dict[str, str]) -> Model:
    return Model(
        name=node.name,
        relation=node.relation_name or "",
        stage=stage_of("model", node.path),
        parents=tuple(names[key] for key in node.depends_on.nodes if key in names),
        needs_labels=bool(node.config.meta.get("needs_labels")),
    )


def _feed(source: Any) -> DeclaredFeed:
    columns = tuple(_column(column) for column in source.columns.values())
    return DeclaredFeed(source.name, source.description, columns)


def _column(column: Any) -> DeclaredColumn:
    meta = column.meta or {}
    return DeclaredColumn(
        name=column.name,
        data_type=column.data_type,
        is_required=bool(meta.get("required")),
        is_reference=bool(meta.get("customer_reference")),
        is_past=bool(meta.get("past")),
    )
