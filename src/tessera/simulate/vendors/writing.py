"""Write the exports of the vendors, and how they are to be switched on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import yaml  # type: ignore[import-untyped]

from tessera.simulate.table_files import as_it_came_in, write_parquet, write_text
from tessera.simulate.vendors.division import LOOK_UPS, PLAIN_FEEDS, divided
from tessera.simulate.vendors.registry import simulated_vendors
from tessera.simulate.vendors.relabelling import relabelled
from tessera.simulate.vendors.vendor_shop import VendorShop

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pyarrow as pa

    from tessera.simulate.vendors.registry import Vendor

PARQUET = "parquet"


def write_exports(
    out: Path,
    seed: int,
    number: int | None,
    tables: Iterable[tuple[str, pa.Table]],
    look_ups: Mapping[str, pa.Table],
) -> dict[str, int]:
    """Write a block of people as its vendors would; return rows by ``vendor/table``, or feed.

    Parameters
    ----------
    out
        The shop's folder.
    seed
        The shop's seed.
    number
        The block, from 0; None: what belongs to the shop as a whole.
    tables
        Names and rows of feeds and of the truth, under the simulator's ids.
    look_ups
        Products and campaigns, under the simulator's ids.
    """
    part = "whole_shop" if number is None else f"part-{number:05d}"
    rows: Counter[str] = Counter()
    feeds = {name: as_it_came_in(relabelled(name, each)) for name, each in look_ups.items()}
    for name, table in tables:
        told = relabelled(name, table)
        if name.startswith("truth/"):
            write_parquet(told, out / name / f"{part}.parquet")
        elif name in PLAIN_FEEDS:
            rows[name] += write_parquet(as_it_came_in(told), out / name / f"{part}.parquet")
        else:
            feeds[name] = as_it_came_in(told)
    for vendor, shop in _shares(feeds, seed, number):
        for table_name, table in vendor.exports(shop):
            rows[f"{vendor.name}/{table_name}"] += _write(vendor, table_name, table, out, part)
    return dict(rows)


def vars_of_exports() -> dict[str, Any]:
    """Return the dbt vars with which a build reads the simulated exports."""
    vendors = simulated_vendors()
    fields = {table: dict(listed) for vendor in vendors for table, listed in vendor.fields.items()}
    return {"connectors": [vendor.name for vendor in vendors], "connector_fields": fields}


def write_vars(path: Path) -> None:
    """Write the vars of :func:`vars_of_exports` as a file for ``--vars``."""
    path.write_text(yaml.safe_dump(vars_of_exports(), sort_keys=False))


def _shares(
    feeds: Mapping[str, pa.Table], seed: int, number: int | None
) -> Iterable[tuple[Vendor, VendorShop]]:
    look_ups = {name: feeds[name] for name in LOOK_UPS}
    shares = {} if number is None else divided(feeds)
    for vendor in simulated_vendors():
        yield vendor, VendorShop(number, look_ups | shares.get(vendor.name, {}), seed)


def _write(vendor: Vendor, name: str, table: pa.Table, out: Path, part: str) -> int:
    ending = vendor.formats.get(name, PARQUET)
    path = out / vendor.name / name / f"{part}.{ending}"
    if ending == PARQUET:
        return write_parquet(table, path, table.column_names)
    return write_text(table, path)
