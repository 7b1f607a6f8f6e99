"""Where the files of a feed lie."""

from __future__ import annotations

from pathlib import Path

from tessera.feeds.problems import FeedProblemError

ENDINGS = (".parquet", ".csv", ".csv.gz")
READABLE = f"{', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}"

MOST_SHOWN = 3
"""Names of files shown in one message."""


def feed_sources(folder: str, feed: str) -> list[Path]:
    """Return what bears a feed's name in the feeds folder: files, or a folder of files.

    Names are matched without regard to case.

    Raises
    ------
    FeedProblemError
        The feeds folder cannot be listed.
    """
    names = {feed, *(feed + ending for ending in ENDINGS)}
    return [entry for entry in _entries(Path(folder)) if entry.name.lower() in names]


def feed_paths(folder: str, feed: str) -> list[str]:
    """Return the files of a feed in order, as ``folder`` and their names; none when it is absent.

    Names that begin with a dot or an underscore are marks of other programs. Whatever else lies in
    a feed's own folder must be a file that is read: nothing is passed over in silence.

    Raises
    ------
    FeedProblemError
        The feed is there twice, or what bears its name cannot hold it.
    """
    delivered = [_files_of(entry, feed) for entry in feed_sources(folder, feed)]
    twins = _twins([files for files in delivered if files])
    if twins:
        examples = " and ".join(f"{folder}/{file.relative_to(folder)}" for file in twins)
        raise FeedProblemError(
            f"feed '{feed}' exists more than once: {examples}. Keep one of them, so that no row is "
            "read twice."
        )
    found = [file for files in delivered for file in files]
    return sorted(f"{folder}/{file.relative_to(folder)}" for file in found)


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


def _twins(delivered: list[list[Path]]) -> list[Path]:
    """Return files that may hold the same rows, if any: of two sources, or of one name."""
    if len(delivered) > 1:
        return [files[0] for files in delivered]
    by_name: dict[str, list[Path]] = {}
    for file in (file for files in delivered for file in files):
        by_name.setdefault(file.name.lower().removesuffix(_ending(file)), []).append(file)
    return next((files for files in by_name.values() if len(files) > 1), [])
