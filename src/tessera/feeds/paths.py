"""Where the files of a feed lie."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from tessera.feeds.problems import FeedProblemError

if TYPE_CHECKING:
    from collections.abc import Sequence

JSON_ENDINGS = (".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz")
ENDINGS = (".parquet", ".csv", ".csv.gz", *JSON_ENDINGS)
READABLE = ".parquet, .csv, .json, .jsonl or .ndjson (text also with .gz)"

MOST_SHOWN = 3
"""Names of files shown in one message."""


def feed_sources(folder: str, feed: str) -> list[Path]:
    """Return what bears a feed's name in the feeds folder: files, or a folder of files.

    Names are matched without regard to case. A star in ``feed`` stands for any letters: tables that
    a vendor keeps one a day (``events_2*``) are one.

    Raises
    ------
    FeedProblemError
        The feeds folder cannot be listed.
    """
    return [entry for entry in _entries(Path(folder)) if fnmatchcase(_stem(entry), feed)]


def feed_paths(folder: str, feed: str, kind: str = "feed") -> list[str]:
    """Return the files of a feed in order, as ``folder`` and their names; none when it is absent.

    Names that begin with a dot or an underscore are marks of other programs. Whatever else lies in
    a feed's own folder must be a file that is read: nothing is passed over in silence. ``kind`` is
    what a message calls it: ``feed``, or ``table`` of a vendor.

    Raises
    ------
    FeedProblemError
        The feed is there twice, or what bears its name cannot hold it.
    """
    delivered = [_files_of(entry) for entry in feed_sources(folder, feed)]
    twins = _twins([files for files in delivered if files], are_parts="*" in feed)
    if twins:
        examples = " and ".join(f"{folder}/{file.relative_to(folder)}" for file in twins)
        raise FeedProblemError(
            f"{kind} '{feed}' exists more than once: {examples}. Keep one of them, so that no row "
            "is read twice."
        )
    found = [file for files in delivered for file in files]
    return sorted(f"{folder}/{file.relative_to(folder)}" for file in found)


def table_paths(folder: str, names: Sequence[str]) -> list[str]:
    """Return the files of a vendor's table, which exports call by one name or another.

    Parameters
    ----------
    folder
        The vendor's folder; none is there when the vendor's tables are absent.
    names
        What the table may be called, without regard to case.

    Raises
    ------
    FeedProblemError
        The table is there twice, or what bears its name cannot hold it.
    """
    if not Path(folder).is_dir():
        return []
    given = [paths for name in names if (paths := feed_paths(folder, name, "table"))]
    if len(given) > 1 and not any("*" in name for name in names):
        raise FeedProblemError(
            f"table '{names[0]}' exists more than once: {given[0][0]} and {given[1][0]}. Keep one "
            "of them, so that no row is read twice."
        )
    return sorted({path for paths in given for path in paths})


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(entry for entry in folder.iterdir() if entry.name[0] not in "._")
    except OSError as error:
        raise FeedProblemError(f"{folder}: cannot be listed ({error.strerror})") from error


def _ending(path: Path) -> str:
    name = path.name.lower()
    return next((ending for ending in ENDINGS if name.endswith(ending)), "")


def _stem(path: Path) -> str:
    return path.name.lower().removesuffix(_ending(path))


def _files_of(entry: Path) -> list[Path]:
    """Return the one file, or the files in a folder that bears the feed's name."""
    if _ending(entry):
        if not entry.is_file():
            what = "is a folder, not a file" if entry.is_dir() else "is no file that can be read"
            raise FeedProblemError(
                f"{entry}: {what}. A folder of files of this feed must be called {_stem(entry)}"
            )
        return [entry]
    if not entry.is_dir():
        raise FeedProblemError(f"{entry}: let its name end in {READABLE}")
    inside = _entries(entry)
    strange = [path.name for path in inside if not (_ending(path) and path.is_file())]
    if strange:
        more = f" and {len(strange) - MOST_SHOWN} more" if len(strange) > MOST_SHOWN else ""
        raise FeedProblemError(
            f"{entry}: holds {', '.join(strange[:MOST_SHOWN])}{more}, which nothing reads. Leave "
            f"only files that end in {READABLE} in this folder: unpack, rename or move the rest"
        )
    return inside


def _twins(delivered: list[list[Path]], *, are_parts: bool) -> list[Path]:
    """Return files that may hold the same rows, if any: of two sources, or of one name."""
    if len(delivered) > 1 and not are_parts:
        return [files[0] for files in delivered]
    by_name: dict[str, list[Path]] = {}
    for file in (file for files in delivered for file in files):
        by_name.setdefault(_stem(file), []).append(file)
    return next((files for files in by_name.values() if len(files) > 1), [])
