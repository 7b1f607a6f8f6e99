"""What lies in a feeds folder and is read by nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.feeds.paths import feed_sources
from tessera.simulate.settings import TRUTH_MARK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from tessera.check.project_map import ProjectMap


def unread_files(folder: Path, feeds: Iterable[str], connectors: Collection[str]) -> list[str]:
    """Return what lies in the folder and bears the name of no feed: within one all is read.

    What bears the name of a connector is told of by :func:`switched_off` and :func:`strangers`.
    """
    claimed = {path.name for feed in feeds for path in feed_sources(str(folder), feed)}
    claimed |= {path.name for path in folder.iterdir() if path.name.lower() in connectors}
    claimed |= {path.parent.name for path in folder.glob(f"*/{TRUTH_MARK}")}
    not_data = (".", "README")
    names = sorted(path.name for path in folder.iterdir() if not path.name.startswith(not_data))
    return [name for name in names if name not in claimed]


def switched_off(folder: Path, project: ProjectMap) -> list[str]:
    """Return the folders that bear the name of a connector that is not switched on."""
    names = sorted(path.name for path in folder.iterdir() if path.is_dir())
    off = set(project.connectors) - set(project.connected)
    return [name for name in names if name.lower() in off]


def strangers(folder: Path, known: Collection[Path]) -> list[str]:
    """Return what lies in a vendor's folder and holds none of the files that are read."""
    if not folder.is_dir():
        return []
    claimed = {path.name for path in known} | {path.parent.name for path in known}
    not_data = (".", "_", "README")
    names = sorted(path.name for path in folder.iterdir() if not path.name.startswith(not_data))
    return [f"{folder.name}/{name}" for name in names if name not in claimed]
