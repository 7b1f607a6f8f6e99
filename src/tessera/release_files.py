"""The files of published releases: where they lie, how one is shown, which are removed.

::

    warehouse/
    ├── tessera.duckdb -> releases/<run_id>.duckdb      what BI opens, read-only
    └── releases/
        ├── <run_id>.duckdb                             the newest RELEASES_KEPT stay
        └── <run_id>.duckdb.part                        being written, or left by a kill

A reader that has an older release open keeps it: on Linux a removed file lives until it is closed.
"""

from __future__ import annotations

import re
import shutil
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LINK_NAME = "tessera.duckdb"
RELEASES_KEPT = 5

_RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class PublishingError(RuntimeError):
    """A release could not be published; readers still have the last one."""


def prepare_release(releases_folder: Path, run_id: str) -> Path:
    """Return the file a run's release will be, after clearing what a killed run left behind.

    Raises
    ------
    PublishingError
        The run's id cannot name a file, or a file stands where the link should be.
    """
    if not _RUN_ID.fullmatch(run_id):
        raise PublishingError(
            f"run_id {run_id!r} cannot name a file: letters, digits, '-', '_' and '.' can"
        )
    link = releases_folder / LINK_NAME
    if link.exists() and not link.is_symlink():
        raise PublishingError(f"{link} is a file, not a link to a release: move it away")
    release = releases_folder.resolve() / "releases" / f"{run_id}.duckdb"
    release.parent.mkdir(parents=True, exist_ok=True)
    for leftover in release.parent.glob("*.part*"):
        leftover.unlink()
    return release


def part_of(release: Path) -> Path:
    """Return the name under which a release is written until it is whole."""
    return release.with_name(f"{release.name}.part")


@contextmanager
def removed_on_failure(part: Path) -> Iterator[None]:
    """Remove an unfinished release when anything goes wrong while it is written."""
    try:
        yield
    except BaseException:
        for path in (part, _wal_of(part)):
            path.unlink(missing_ok=True)
        raise


def require_free_bytes(folder: Path, needed: int) -> None:
    """Raise :class:`PublishingError` unless the disk under ``folder`` has ``needed`` bytes free."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise PublishingError(
            f"a release may need {needed / 1024**2:,.0f} MB, and {folder} has "
            f"{free / 1024**2:,.0f} MB free: make room, or point TESSERA_RELEASES elsewhere"
        )


def swap_link(releases_folder: Path, release: Path) -> None:
    """Show ``release`` to readers: one atomic step, by a link that survives moving the folder."""
    link = releases_folder / LINK_NAME
    new_link = link.with_name(f"{link.name}.part")
    new_link.unlink(missing_ok=True)
    new_link.symlink_to(f"{release.parent.name}/{release.name}")
    new_link.replace(link)


def remove_old_releases(current: Path) -> None:
    """Remove all releases but the newest, ``current`` always among them.

    Readers see ``current`` by now: what cannot be removed is warned of, and tried again next time.
    """
    try:
        others = [path for path in current.parent.glob("*.duckdb") if path != current]
        others.sort(key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
        for path in others[RELEASES_KEPT - 1 :]:
            path.unlink(missing_ok=True)
    except OSError as error:
        warnings.warn(f"old releases could not be removed: {error}", stacklevel=2)


def _wal_of(part: Path) -> Path:
    return part.with_name(f"{part.name}.wal")
