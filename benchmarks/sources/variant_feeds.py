"""A feeds folder per variant: links to what it keeps whole, and a file of what it keeps in part."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import duckdb

from benchmarks.sources.catalogue import SOURCES

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.sources.catalogue import Variant

ENDING = ".parquet"


class UnknownFeedError(ValueError):
    """A feed of the shop comes from no source, so that nobody would ever take it away."""


def write_variant(shop: Path, variant: Variant, folder: Path) -> None:
    """Make ``folder`` anew, with the feeds of ``shop`` that the sources of ``variant`` bring.

    A feed of which all sources are kept is a link; of which none is kept is not there; otherwise
    its rows are chosen and written.

    Raises
    ------
    UnknownFeedError
        Naming a feed of the shop that comes from no source.
    """
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    for path in feeds_of(shop):
        by_source = conditions(path.name.removesuffix(ENDING))
        kept = [rows for source, rows in by_source.items() if source in variant.kept]
        if len(kept) == len(by_source):
            (folder / path.name).symlink_to(path.resolve())
        elif kept:
            _write_rows(path, " or ".join(f"({rows})" for rows in kept), folder)


def feeds_of(shop: Path) -> list[Path]:
    """Return the feeds of a simulated shop, files and folders; the truth is none."""
    return sorted(path for path in shop.iterdir() if path.name != "truth")


def conditions(feed: str) -> dict[str, str]:
    """Return by source which rows of a feed are its own.

    Raises
    ------
    UnknownFeedError
        The feed comes from no source.
    """
    found = {name: each.feeds[feed] for name, each in SOURCES.items() if feed in each.feeds}
    if not found:
        raise UnknownFeedError(
            f"the feed '{feed}' comes from no source: name it in benchmarks/sources/catalogue.py"
        )
    return found


def _write_rows(path: Path, condition: str, folder: Path) -> None:
    """Write the rows that meet a condition, in which functions of a window may stand."""
    files = str(path / f"*{ENDING}" if path.is_dir() else path)
    target = folder / f"{path.name.removesuffix(ENDING)}{ENDING}"
    with duckdb.connect() as connection:
        connection.sql(
            f"select * exclude (is_kept) from (select *, ({condition}) as is_kept "
            "from read_parquet($files)) where is_kept",
            params={"files": files},
        ).write_parquet(str(target))
