"""Run ``dbt build``: everything, from the feeds to a release."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tessera.commands.dbt_runner import Listener, outcome_of, run_dbt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tessera.commands.dbt_runner import OnNode
    from tessera.commands.outcomes import BuildOutcome
    from tessera.commands.project import Project


def run_dbt_build(
    project: Project,
    target: str,
    feeds_folder: str,
    variables: Mapping[str, Any],
    on_node: OnNode,
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
    listener = Listener(on_node)
    project.database.parent.mkdir(parents=True, exist_ok=True)
    arguments = _arguments(target, variables, is_full=is_full)
    result = run_dbt(project, feeds_folder, arguments, listener)
    return outcome_of(result, listener.run_id)


def _arguments(target: str, variables: Mapping[str, Any], *, is_full: bool) -> list[str]:
    # unit tests look at rows of their own, not at the feeds: they are for who changes the models
    arguments = ["build", "--target", target, "--exclude-resource-type", "unit_test"]
    if variables:
        arguments += ["--vars", json.dumps(variables)]
    if is_full:
        arguments += ["--full-refresh", "--no-partial-parse"]
    return arguments
