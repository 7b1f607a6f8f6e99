"""Write a whole shop, as thirteen feeds or as vendors' exports, and the truth, block by block."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import shutil
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tessera.simulate.campaign_feeds import campaigns
from tessera.simulate.dirt import soil
from tessera.simulate.settings import TRUTH_MARK, Format
from tessera.simulate.table_files import as_it_came_in, repeated_columns, write_parquet
from tessera.simulate.tables import block_tables
from tessera.simulate.truth import changes_truth
from tessera.simulate.vendors.writing import write_exports, write_vars
from tessera.simulate.world import BLOCK_SIZE, World, random_stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tessera.simulate.settings import Settings

TRUTH = "truth"
"""Folder of the truth within a shop's folder."""

SETTINGS = f"{TRUTH}/settings.json"
"""Says how a shop was made; written last, so a half-written shop has none."""

VARS = f"{TRUTH}/vars.yml"
"""The dbt vars with which a build reads vendors' exports."""

MARK = f"{TRUTH}/{TRUTH_MARK}"
"""Written first: a folder with it is a simulated shop, and may be replaced."""

MOST_WORKERS = 8
"""Each holds about a gigabyte."""


class ShopFolderError(ValueError):
    """The folder asked for holds something else than a simulated shop."""


def simulate_shop(
    settings: Settings, out: Path, on_block: Callable[[int, int], None]
) -> dict[str, int]:
    """Write a shop into a folder, and return the rows of each feed, or of each vendor's table.

    An earlier simulated shop in the folder is replaced as a whole.

    Parameters
    ----------
    settings
        What the shop is to be like. Equal settings give equal bytes.
    out
        The folder.
    on_block
        Told how many blocks of people are done, and of how many.

    Raises
    ------
    ShopFolderError
        The folder holds files that no simulation wrote.
    """
    _make_room(out)
    world = World.of(settings)
    rows = Counter(_write_whole_shop(settings, out))
    write_parquet(changes_truth(world.calendar), out / TRUTH / "changes.parquet")
    blocks = -(-settings.customers // BLOCK_SIZE)
    for done, written in enumerate(_written_blocks(settings, out, blocks), start=1):
        rows.update(written)
        on_block(done, blocks)
    (out / SETTINGS).write_text(json.dumps(_recipe(settings), indent=2) + "\n")
    return dict(rows)


def is_simulated(settings: Settings, out: Path) -> bool:
    """Return whether a folder holds the shop of these settings, whole, as it is drawn today."""
    said = out / SETTINGS
    return said.is_file() and json.loads(said.read_text()) == _recipe(settings)


def _recipe(settings: Settings) -> dict[str, str]:
    """Return what decides every byte: the settings, and the simulator's own sources."""
    told = {name: str(value) for name, value in asdict(settings).items()}
    sources = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in {".py", ".yml", ".csv"}:
            sources.update(path.read_bytes())
    return told | {"simulator": sources.hexdigest()[:16]}


def _make_room(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise ShopFolderError(f"{out} is a file: give a folder for the shop")
    if out.is_dir() and any(out.iterdir()):
        if not (out / MARK).is_file():
            raise ShopFolderError(
                f"{out} holds files that were not simulated: give an empty folder, or a new one"
            )
        shutil.rmtree(out)
    (out / TRUTH).mkdir(parents=True)
    (out / MARK).write_text(
        "Feeds beside this folder, and what really drove them. No model reads it.\n"
    )


def _written_blocks(settings: Settings, out: Path, blocks: int) -> Iterator[dict[str, int]]:
    """Write every block, in several processes when there are several; yield rows as they come."""
    workers = min(blocks, os.cpu_count() or 1, MOST_WORKERS)
    if workers == 1:
        yield from (write_block(settings, out, number) for number in range(blocks))
        return
    # spawned, not forked: Arrow's threads do not survive a fork
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, max_tasks_per_child=None) as pool:
        jobs = [pool.submit(write_block, settings, out, number) for number in range(blocks)]
        yield from (job.result() for job in jobs)


def _whole_shop(world: World) -> dict[str, pa.Table]:
    """Return the feeds that belong to no block of people."""
    return {"products": world.catalogue.table, "campaigns": campaigns(world)}


def _write_whole_shop(settings: Settings, out: Path) -> dict[str, int]:
    """Write what belongs to no block of people, and return the rows of each feed."""
    feeds = _whole_shop(World.of(settings))
    if settings.format is Format.VENDORS:
        write_vars(out / VARS)
        return write_exports(out, settings.seed, None, (), feeds)
    rows: dict[str, int] = {}
    planted = []
    for feed, table in feeds.items():
        rows[feed], dirt = _deliver(settings, 0, feed, table, out / f"{feed}.parquet")
        planted.append(dirt)
    write_parquet(pa.concat_tables(planted), out / TRUTH / "dirt" / "whole_shop.parquet")
    return rows


def write_block(settings: Settings, out: Path, number: int) -> dict[str, int]:
    """Write one block of people, and return the rows of each feed.

    As feeds table by table, so that one can be forgotten before the next is drawn. A vendor's
    export is made of several feeds: then a whole block is held at a time.
    """
    world = World.of(settings)
    tables = block_tables(world, number)
    if settings.format is Format.VENDORS:
        return write_exports(out, settings.seed, number, tables, _whole_shop(world))
    rows: dict[str, int] = {}
    planted = []
    part = f"part-{number:05d}.parquet"
    for name, table in tables:
        if name.startswith(f"{TRUTH}/"):
            write_parquet(table, out / name / part)
            continue
        rows[name], dirt = _deliver(settings, number, name, table, out / name / part)
        planted.append(dirt)
    write_parquet(pa.concat_tables(planted), out / TRUTH / "dirt" / part)
    return rows


def _deliver(
    settings: Settings, number: int, feed: str, table: pa.Table, path: Path
) -> tuple[int, pa.Table]:
    """Write a feed as dirty as it is delivered; return its rows and what was planted."""
    rng = random_stream(settings.seed, number, f"dirt of {feed}")
    as_of = np.datetime64(settings.as_of, "us")
    soiled, planted = soil(feed, as_it_came_in(table), settings.dirt, rng, as_of)
    return write_parquet(soiled, path, repeated_columns(table)), planted
