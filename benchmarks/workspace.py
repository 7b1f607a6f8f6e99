"""A folder of its own for each measurement: database, releases, artefacts; removed at the end."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml  # type: ignore[import-untyped]
from jinja2 import Template

from tessera.commands.connectors import known_connectors
from tessera.commands.project import find_project, require_feeds
from tessera.release_files import LINK_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TARGET = "dev"
"""The profile's target whose settings are measured; the files are the workspace's own."""
DBT = "from dbt.cli.main import cli; cli()"


@dataclass(frozen=True)
class Workspace:
    """Where a measurement builds.

    Attributes
    ----------
    folder
        Temporary; holds everything that is written.
    project_folder
        Holds ``dbt_project.yml``; only read.
    feeds
        The feeds folder, as dbt should see it from the project's folder.
    """

    folder: Path
    project_folder: Path
    feeds: str

    @property
    def database(self) -> Path:
        """The file dbt builds."""
        return self.folder / "build.duckdb"

    @property
    def release_link(self) -> Path:
        """The file that people would read: a link to the newest release."""
        return self.folder / LINK_NAME

    @property
    def artefacts(self) -> Path:
        """Dbt's own results: ``run_results.json``, ``manifest.json``."""
        return self.folder / "target"

    def command(self, *arguments: str, variables: Mapping[str, Any] | None = None) -> list[str]:
        """Return the command line of dbt with ``arguments``, told to write only in here."""
        paths = ["--project-dir", str(self.project_folder), "--target-path", str(self.artefacts)]
        paths += ["--profiles-dir", str(self.project_folder), "--target", TARGET]
        logs = ["--log-path", str(self.folder / "logs"), "--log-format", "json"]
        told = ["--vars", json.dumps(variables)] if variables else []
        return [sys.executable, "-c", DBT, *logs, *arguments, *paths, *told]

    def profile(self) -> dict[str, Any]:
        """Return the settings that are measured, as ``profiles.yml`` has them for this environment.

        Its Jinja knows no more than dbt's ``env_var``.
        """
        written = (self.project_folder / "profiles.yml").read_text(encoding="utf-8")
        rendered = Template(written, autoescape=False).render(env_var=self.environment().get)
        (profile,) = yaml.safe_load(rendered).values()
        settings: dict[str, Any] = profile["outputs"][TARGET]
        return settings

    def environment(self) -> dict[str, str]:
        """Return the environment of a build in here."""
        return os.environ | {
            "TESSERA_DATA": self.feeds,
            "TESSERA_DATABASE": str(self.database),
            "TESSERA_RELEASES": str(self.folder),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DO_NOT_TRACK": "1",
        }


@contextmanager
def temporary_workspace(
    data: Path, variables: Mapping[str, Any] | None = None
) -> Iterator[Workspace]:
    """Give a workspace for the feeds in ``data``, and remove it whatever happens.

    ``variables`` are the dbt vars that the measurement will build with: they may switch on
    connectors, which bring orders, too.

    Raises
    ------
    CommandError
        There is no project here, or no feeds in ``data``.
    """
    project = find_project(TARGET)
    feeds = require_feeds(project, data, {}, known_connectors(project, variables or {}))
    with tempfile.TemporaryDirectory(prefix="tessera-benchmark-") as folder:
        yield Workspace(Path(folder).resolve(), project.folder, feeds)
