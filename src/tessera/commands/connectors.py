"""Which connectors a project has and which are switched on, as far as its files tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml  # type: ignore[import-untyped]

from tessera.check.project_map import PLAIN, connector_model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tessera.commands.project import Project

STAGING = "models/staging"


@dataclass(frozen=True)
class KnownConnector:
    """A connector of the project: whether it brings orders, and whether it is switched on."""

    name: str
    brings_orders: bool
    is_on: bool


def known_connectors(project: Project, variables: Mapping[str, Any]) -> list[KnownConnector]:
    """Return every connector, by name: each is a folder of staging with a source of its own.

    Parameters
    ----------
    project
        The project.
    variables
        The dbt vars of the command.
    """
    staging, on = project.folder / STAGING, connectors_switched_on(project, variables)
    names = sorted(path.parent.name for path in staging.glob("*/_*__sources.yml"))
    return [
        KnownConnector(
            name,
            (staging / name / f"{connector_model(name, 'orders')}.sql").is_file(),
            name in on,
        )
        for name in names
        if name != PLAIN
    ]


def connectors_switched_on(project: Project, variables: Mapping[str, Any]) -> list[str]:
    """Return the var ``connectors``: as given, else as ``dbt_project.yml`` has it.

    What is no list is for the project's macros to complain about.
    """
    if "connectors" in variables:
        named = variables["connectors"]
    else:
        settings = yaml.safe_load((project.folder / "dbt_project.yml").read_text()) or {}
        named = (settings.get("vars") or {}).get("connectors")
    return [str(name) for name in named] if isinstance(named, list) else []
