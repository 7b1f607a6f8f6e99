"""The course of an erasure: tombstones, then the releases, and last the build file.

The build file is what the person is found by. As long as it holds them the command can be given
again after a crash; when it no longer does, nothing else does either.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from tessera.commands import CommandError
from tessera.commands.erasure.catalog import declared_keys, literal
from tessera.commands.erasure.feed_rows import tombstone_keys
from tessera.commands.erasure.proofs import FILE_NAME as PROOF_NAME
from tessera.commands.erasure.proofs import add_proofs
from tessera.commands.erasure.rewriting import TableProof, rewrite, survey
from tessera.commands.erasure.traces import find_traces
from tessera.identity.tombstones import (
    FILE_NAME,
    Tombstone,
    TombstoneError,
    add_tombstones,
    read_tombstones,
    require_secret,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tessera.commands.erasure.person import Person
    from tessera.commands.erasure.traces import Traces
    from tessera.commands.project import Project

_RELEASE = "release"


@dataclass(frozen=True)
class Erasure:
    """What is to be erased from which files.

    Attributes
    ----------
    project
        Where the files are.
    person
        Who is forgotten; nobody's identifiers when the build has forgotten them already.
    traces
        What their rows are known by.
    secret
        ``TESSERA_IDENTITY_KEY``.
    """

    project: Project
    person: Person
    traces: Traces
    secret: str

    def survey(self) -> list[TableProof]:
        """Count what the erasure would do, changing nothing."""
        build = self.project.database.name
        proofs = survey(self.traces.within("build"), "build", build)
        for release in self._releases():
            with _attached(self.traces.connection, release):
                proofs += survey(self.traces.within(_RELEASE), _RELEASE, release.name)
        return proofs

    def run(self, forgotten_on: str) -> tuple[int, list[TableProof]]:
        """Erase; return the number of the erasure and what became of every table.

        Raises
        ------
        CommandError
            A file could not be written anew: what stands before it in the course is done.
        """
        folder = self.project.tombstones_folder
        keys = tombstone_keys(self.traces, self.person, self.secret)
        with _spoken():
            add_tombstones(folder / FILE_NAME, self.secret, keys, forgotten_on)
        self._remove_leftovers()
        proofs = [proof for release in self._releases() for proof in self._rewritten(release)]
        traces = self.traces.within("build")
        proofs += rewrite(traces, "build", self.project.database)
        number = add_proofs(folder / PROOF_NAME, forgotten_on, proofs, len(self.traces.searched))
        return number, proofs

    def _rewritten(self, release: Path) -> list[TableProof]:
        with _attached(self.traces.connection, release):
            traces = self.traces.within(_RELEASE)
            found = survey(traces, _RELEASE, release.name)
            if not any(each.is_touched for each in found):
                return found
            return rewrite(traces, _RELEASE, release)

    def _releases(self) -> list[Path]:
        return sorted((self.project.releases_folder / "releases").glob("*.duckdb"))

    def _remove_leftovers(self) -> None:
        """Remove what a killed build or erasure left: nobody works on the build now but we."""
        database = self.project.database
        for folder in (f"{database}.feeds", f"{database}.tmp"):
            shutil.rmtree(folder, ignore_errors=True)
        for path in (self.project.releases_folder / "releases").glob("*.part*"):
            path.unlink(missing_ok=True)


def erasure_of(
    connection: duckdb.DuckDBPyConnection, project: Project, person: Person, secret: str
) -> Erasure:
    """Prepare an erasure: find every trace of the person, and of those forgotten before."""
    forgotten = frozenset(each.identifier_id for each in forgotten_before(project, secret))
    keys = declared_keys(project.folder / "models")
    traces = find_traces(connection, person, forgotten, secret, keys)
    return Erasure(project, person, traces, secret)


def forgotten_before(project: Project, secret: str) -> tuple[Tombstone, ...]:
    """Return the tombstones there are.

    Raises
    ------
    CommandError
        Their file is damaged, or was written with another secret.
    """
    path = project.tombstones_folder / FILE_NAME
    with _spoken():
        present = read_tombstones(path)
        require_secret(path, present, secret)
    return present


@contextmanager
def opened_build(project: Project) -> Iterator[duckdb.DuckDBPyConnection]:
    """Attach the build file as ``build``, so that nobody else can write to it meanwhile.

    Raises
    ------
    CommandError
        There is no such file, or somebody has it open.
    """
    if not project.database.is_file():
        raise CommandError(f"there is no {project.database}: run tessera build first")
    memory = os.environ.get("TESSERA_MEMORY", "3GB")
    with duckdb.connect(config={"memory_limit": memory}) as connection:
        connection.execute("set timezone = 'UTC'")
        try:
            connection.execute(f"attach {literal(str(project.database))} as build")
        except duckdb.IOException as error:
            raise CommandError(
                f"{project.database} is in use or cannot be opened: wait for the build to end, or "
                f"close the tool that has it open. Nothing was changed"
            ) from error
        # What a killed build left in the log becomes part of the file that is replaced.
        connection.execute("checkpoint build")
        yield connection


@contextmanager
def _attached(connection: duckdb.DuckDBPyConnection, release: Path) -> Iterator[None]:
    connection.execute(f"attach {literal(str(release))} as {_RELEASE} (read_only)")
    try:
        yield
    finally:
        connection.execute(f"detach {_RELEASE}")


@contextmanager
def _spoken() -> Iterator[None]:
    try:
        yield
    except TombstoneError as error:
        raise CommandError(str(error)) from error
