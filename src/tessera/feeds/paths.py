"""Where the files of a feed lie."""

from __future__ import annotations

from pathlib import Path

from tessera.feeds.problems import FeedProblemError

ENDINGS = (".parquet", ".csv", ".csv.gz")


def feed_paths(folder: str, feed: str) -> list[str]:
    """Return the files of a feed in order, as ``folder`` and their names; none when it is absent.

    Names are matched without regard to case. Files that begin with a dot or an underscore are marks
    of other programs.

    Raises
    ------
    FeedProblemError
        The feed is there twice, or what bears its name cannot hold it.
    """
    sources = [
        entry
        for entry in _entries(Path(folder))
        if entry.name.lower() in {feed, *(feed + ending for ending in ENDINGS)}
    ]
    found: dict[str, list[str]] = {}
    for entry in sources:
        for file in _files_of(entry, feed):
            found.setdefault(f"{file.parent}/{_ending(file)}", []).append(
                f"{folder}/{file.relative_to(folder)}"
            )
    if len(found) > 1:
        examples = " and ".join(sorted(files[0] for files in found.values()))
        raise FeedProblemError(
            f"feed '{feed}' exists more than once: {examples}. Keep one of them, so that no row is "
            "read twice."
        )
    return sorted(file for files in found.values() for file in files)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(entry for entry in folder.iterdir() if entry.name[0] not in "._")
    except OSError as error:
        raise FeedProblemError(f"{folder}: cannot be listed ({error.strerror})") from error


def _ending(path: Path) -> str:
    name = path.name.lower()
    return next((ending for ending in ENDINGS if name.endswith(ending)), "")


def _files_of(entry: Path, feed: str) -> list[Path]:
    """Return the one file, or the files in a folder that bears the feed's name."""
    if entry.name.lower() != feed:
        if not entry.is_file():
            what = "is a folder, not a file" if entry.is_dir() else "is no file that can be read"
            raise FeedProblemError(
                f"{entry}: {what}. A folder of files of this feed must be called {feed}"
            )
        return [entry]
    if not entry.is_dir():
        raise FeedProblemError(f"{entry}: let its name end in {', '.join(ENDINGS[:2])} or .csv.gz")
    inside = _entries(entry)
    files = [path for path in inside if _ending(path) and path.is_file()]
    if inside and not files:
        raise FeedProblemError(
            f"{entry}: holds no file that ends in {', '.join(ENDINGS[:2])} or .csv.gz"
        )
    return files
