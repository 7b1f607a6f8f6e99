"""Where things are: the dbt project, the feeds, the file dbt builds and the file people read."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tessera.commands import CommandError
from tessera.feeds.paths import ENDINGS as FEED_ENDINGS
from tessera.release_files import LINK_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tessera.commands.connectors import KnownConnector

WAREHOUSES = {"ci": "warehouse/ci"}
"""Folders of targets that keep away from the real ``warehouse/``, as profiles.yml has them."""

DEMO_SHOP = "seeds/demo_shop"


@dataclass(frozen=True)
class Project:
    """A dbt project and the files it works with.

    Attributes
    ----------
    folder
        Holds ``dbt_project.yml``.
    database
        The DuckDB file that dbt builds (``TESSERA_DATABASE``).
    releases_folder
        Holds the link to the file that people read (``TESSERA_RELEASES``).
    tombstones
        Holds what keeps forgotten people out (``TESSERA_TOMBSTONES``); None: the database's folder.
    """

    folder: Path
    database: Path
    releases_folder: Path
    tombstones: Path | None = None

    @property
    def release_link(self) -> Path:
        """The file that people read: a link to the newest release."""
        return self.releases_folder / LINK_NAME

    @property
    def tombstones_folder(self) -> Path:
        """Where tombstones and the proofs of erasures are kept."""
        return self.database.parent if self.tombstones is None else self.tombstones


USUAL_TARGET = "dev"
"""The target of every command that names none."""


def target_option(target: str) -> str:
    """Return what a suggested command must add to stay with a target.

    Examples
    --------
    >>> target_option("dev"), target_option("ci")
    ('', ' --target ci')
    """
    return "" if target == USUAL_TARGET else f" --target {target}"


def path_to_show(path: Path) -> Path:
    """Return ``path`` from where the person is, when it lies below; whole otherwise."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def tessera_command() -> str:
    """Return what runs Tessera from here: its name if the shell finds it, else the script's path.

    An environment that is not activated is not on the shell's path: ``.venv/bin/tessera``.
    """
    called = Path(sys.argv[0])
    beside = Path(sys.executable).with_name("tessera")
    script = (called if called.name == "tessera" else beside).absolute()
    if not script.is_file():
        return f"{shlex.quote(sys.executable)} -m tessera"
    on_path = shutil.which("tessera")
    if on_path and Path(on_path).resolve() == script.resolve():
        return "tessera"
    return shlex.quote(str(path_to_show(script)))


def find_project(target: str, environment: Mapping[str, str] = os.environ) -> Project:
    """Find the project: where ``TESSERA_PROJECT`` says, else here, else in Tessera's own checkout.

    Raises
    ------
    CommandError
        There is no ``dbt_project.yml``.
    """
    named = environment.get("TESSERA_PROJECT")
    places = [Path(named)] if named else [Path.cwd(), Path(__file__).resolve().parents[3]]
    folder = next((place for place in places if (place / "dbt_project.yml").is_file()), None)
    if folder is None:
        tried = ", ".join(str(place) for place in places)
        advice = (
            "that is where TESSERA_PROJECT points; set it to the project's folder, or unset it"
            if named
            else "run tessera in the project's folder, or set TESSERA_PROJECT to it"
        )
        raise CommandError(f"no dbt_project.yml in {tried}: {advice}")
    folder = folder.resolve()
    warehouse = WAREHOUSES.get(target, "warehouse")
    database = environment.get("TESSERA_DATABASE", f"{warehouse}/build.duckdb")
    releases = environment.get("TESSERA_RELEASES", warehouse)
    tombstones = environment.get("TESSERA_TOMBSTONES")
    return Project(
        folder,
        folder / database,
        folder / releases,
        folder / tombstones if tombstones else None,
    )


def find_feeds(project: Project, data: Path | None, environment: Mapping[str, str]) -> str:
    """Return the feeds folder as dbt should see it, once it is sure to be a folder.

    Parameters
    ----------
    project
        Paths inside it are given relative to it, so that they are the same on every machine.
    data
        The folder asked for, relative to where the person is; None: ``TESSERA_DATA`` or the demo.
    environment
        Holds ``TESSERA_DATA``, relative to the project.

    Raises
    ------
    CommandError
        The folder is absent, or is a file.
    """
    asked = environment.get("TESSERA_DATA", DEMO_SHOP) if data is None else data
    folder = (project.folder if data is None else Path.cwd()).joinpath(asked).resolve()
    if not folder.exists():
        raise CommandError(f"the feeds folder {asked} does not exist{_nearest_folder(folder)}")
    if not folder.is_dir():
        raise CommandError(f"{asked} is a file: give the folder that holds your feeds")
    inside = folder.is_relative_to(project.folder)
    return str(folder.relative_to(project.folder) if inside else folder)


def require_feeds(
    project: Project,
    data: Path | None,
    environment: Mapping[str, str],
    connectors: Sequence[KnownConnector],
) -> str:
    """Return the feeds folder as :func:`find_feeds` does, once orders can be expected.

    Parameters
    ----------
    project, data, environment
        As for :func:`find_feeds`.
    connectors
        Every connector of the project.

    Raises
    ------
    CommandError
        The folder is absent, is a file, or has no orders and no connector brings any; the message
        lists what it has.
    """
    found = find_feeds(project, data, environment)
    names = sorted(path.name for path in (project.folder / found).iterdir())
    expected = {"orders", *(f"orders{ending}" for ending in FEED_ENDINGS)}
    brings = any(connector.is_on and connector.brings_orders for connector in connectors)
    if not expected & {name.lower() for name in names} and not brings:
        raise CommandError(
            f"no orders in {found}: expected orders.parquet, orders.csv or a folder orders/. "
            f"It holds: {', '.join(names) or 'nothing'}{_hint_of_connectors(names, connectors)}"
        )
    return found


def _hint_of_connectors(names: list[str], connectors: Sequence[KnownConnector]) -> str:
    """Say how the exports that lie there are switched on, and that orders may still be missing."""
    folders = {name.lower() for name in names}
    there = [connector for connector in connectors if connector.name in folders]
    if not there:
        return ""
    words = f"--vars 'connectors: [{', '.join(connector.name for connector in there)}]'"
    if any(connector.brings_orders for connector in there):
        return f". Exports are read once they are switched on: {words} (docs/connectors/README.md)"
    bringing = ", ".join(connector.name for connector in connectors if connector.brings_orders)
    return (
        f". Of these none brings orders; connectors that do: {bringing} (docs/connectors/README.md)"
    )


def _nearest_folder(folder: Path) -> str:
    present = next(parent for parent in folder.parents if parent.is_dir())
    names = sorted(path.name for path in present.iterdir() if path.is_dir())[:10]
    return f"; {present} holds the folders: {', '.join(names) or 'none'}"


@contextmanager
def environment_variables(variables: Mapping[str, str]) -> Iterator[None]:
    """Set environment variables for a while: how dbt's profile and macros are told of paths."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
