"""A feeds folder per variant: links to what it keeps whole, and a file of what it keeps in part."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.sources.catalogue import SOURCES
from tessera.simulate.vendors.division import divided

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.sources.catalogue import Variant

ENDING = ".parquet"


class UnknownFeedError(ValueError):
    """A feed of the shop comes from no source, so that nobody would ever take it away."""


def write_variant(shop: Path, variant: Variant, folder: Path) -> None:
    """Make ``folder`` anew, with the feeds of ``shop`` that the sources of ``variant`` bring.

    A feed of which all sources are kept is a link; of which none is kept is not there; otherwise
    the shares of those that are kept are written.

    Raises
    ------
    UnknownFeedError
        Naming a feed of the shop that comes from no source.
    """
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    for path in feeds_of(shop):
        feed = path.name.removesuffix(ENDING)
        brought = sources_of(feed)
        kept = [source for source in brought if source in variant.kept]
        if kept == brought:
            (folder / path.name).symlink_to(path.resolve())
        elif kept:
            shares = divided(
                {each.name.removesuffix(ENDING): _read(each) for each in feeds_of(shop)}
            )
            table = pa.concat_tables([shares[source][feed] for source in kept])
            pq.write_table(table, folder / f"{feed}{ENDING}")


def feeds_of(shop: Path) -> list[Path]:
    """Return the feeds of a simulated shop, files and folders; the truth is none."""
    return sorted(path for path in shop.iterdir() if path.name != "truth")


def sources_of(feed: str) -> list[str]:
    """Return who brings a feed.

    Raises
    ------
    UnknownFeedError
        Nobody does.
    """
    found = [name for name, feeds in SOURCES.items() if feed in feeds]
    if not found:
        raise UnknownFeedError(
            f"the feed '{feed}' comes from no source: name it in benchmarks/sources/catalogue.py"
        )
    return found


def _read(path: Path) -> pa.Table:
    return pq.read_table(path)
