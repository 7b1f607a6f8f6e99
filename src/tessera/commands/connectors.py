"""Which connectors a project has and which are switched on, as far as its files tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml  # type: ignore[import-untyped]

from tessera.check.project_map import PLAIN, connector_model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tessera.commands.project import Project

STAGING = "models/staging"


def known_connectors(project: Project) -> list[str]:
    """Return every connector of the project, by name: each is a folder with a source of its own."""
    sources = (project.folder / STAGING).glob("*/_*__sources.yml")
    return sorted(path.parent.name for path in sources if path.parent.name != PLAIN)


def brings_orders(project: Project, connector: str) -> bool:
    """Return whether a connector brings orders, without which nothing is built."""
    model = f"{connector_model(connector, 'orders')}.sql"
    return (project.folder / STAGING / connector / model).is_file()


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


def connectors_bringing_orders(project: Project, variables: Mapping[str, Any]) -> dict[str, bool]:
    """Return every connector that brings orders, and whether it is switched on."""
    on = connectors_switched_on(project, variables)
    return {name: name in on for name in known_connectors(project) if brings_orders(project, name)}
