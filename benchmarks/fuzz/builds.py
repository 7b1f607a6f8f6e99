"""Builds of mutated folders, quickly: the project is read once, staging and core built alone."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from tessera.commands.dbt_runner import Listener, outcome_of, run_dbt
from tessera.commands.project import Project, environment_variables

if TYPE_CHECKING:
    from pathlib import Path

    from tessera.commands.outcomes import BuildOutcome

TARGET = "ci"
CORE = ("+path:models/core", "+feed_accounting", "+rejected_rows")
"""What reads the feeds and unites them; with the tests that look at nothing else."""

ACCOUNT = (
    "select feed, rows_in, rows_kept, rows_duplicate, rows_rejected from staging.feed_accounting"
)


@dataclass(frozen=True)
class Account:
    """What became of the rows of one feed."""

    feed: str
    rows_in: int
    rows_kept: int
    rows_duplicate: int
    rows_rejected: int


class FolderBuilder:
    """Builds one feeds folder after the other, each into a new database.

    Parameters
    ----------
    project_folder
        Holds ``dbt_project.yml``.
    folder
        Everything is written in here.
    """

    def __init__(self, project_folder: Path, folder: Path) -> None:
        self.project = Project(project_folder, folder / "build.duckdb", folder / "releases")
        self.folder = folder
        self._manifest: Any = None

    @property
    def feeds(self) -> Path:
        """Where the next folder is to be written."""
        return self.folder / "feeds"

    def clear(self) -> None:
        """Forget the last folder, its database and its releases."""
        for path in (self.feeds, self.project.releases_folder):
            shutil.rmtree(path, ignore_errors=True)
        for path in self.folder.glob("build.duckdb*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def build(self, *, is_whole: bool) -> BuildOutcome:
        """Build what lies in ``feeds``: everything, or staging and core."""
        selection = [] if is_whole else ["--select", *CORE, "--indirect-selection", "cautious"]
        arguments = ["build", *selection, "--exclude-resource-type", "unit_test"]
        return self._run([*arguments, "--no-write-json"])

    def accounts(self) -> list[Account]:
        """Return the accounts of the last build."""
        with duckdb.connect(str(self.project.database), read_only=True) as connection:
            return [Account(*row) for row in connection.sql(ACCOUNT).fetchall()]

    def _run(self, arguments: list[str]) -> BuildOutcome:
        listener = Listener(lambda *_: None)
        where = ["--target", TARGET, "--target-path", str(self.folder / "target")]
        if self._manifest is None:
            self._manifest = self._require_read(where)
        with environment_variables({"TESSERA_IDENTITY_KEY": "fuzz"}):
            result = run_dbt(
                self.project, str(self.feeds), [*arguments, *where], listener, self._manifest
            )
        return outcome_of(result, listener.run_id)

    def _require_read(self, where: list[str]) -> Any:
        result = run_dbt(
            self.project, str(self.feeds), ["parse", *where], Listener(lambda *_: None)
        )
        if not result.success:
            raise result.exception
        return result.result
