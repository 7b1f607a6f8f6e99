"""Let dirt fall on a feed, and write down what fell.

A row gets at most one kind of dirt (and perhaps a wrong clock), so that the truth adds up: of the
rows delivered, those that end as duplicates or rejected are the sums of the truth's rows.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.dirt.clocks import skew_clocks
from tessera.simulate.dirt.doses import SKEWED_DEVICES, aims
from tessera.simulate.dirt.headers import with_other_headers
from tessera.simulate.dirt.kinds import Outcome, Rows
from tessera.simulate.settings import Dirt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tessera.simulate.dirt.doses import Aim

TRUTH_SCHEMA = pa.schema(
    [("feed", pa.string()), ("kind", pa.string()), ("outcome", pa.string()), ("rows", pa.int64())]
)
"""One row per feed and kind of dirt: on how many rows it fell, and what must become of as many."""


@dataclass
class _Fall:
    """Dirt that has fallen so far: changed values by column, added rows, and the truth."""

    changes: dict[str, list[tuple[NDArray[np.int64], pa.Array]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    added: list[pa.Table] = field(default_factory=list)
    truth: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))


def soil(
    feed: str, table: pa.Table, dirt: Dirt, rng: np.random.Generator, as_of: np.datetime64
) -> tuple[pa.Table, pa.Table]:
    """Return a feed as it would be delivered, and what was done to it.

    Parameters
    ----------
    feed
        Name of the feed.
    table
        Its rows, or a block of them, with typed columns. All blocks of a feed get columns of the
        same names and types.
    dirt
        The level. With ``HEAVY`` every column becomes text.
    rng
        Random draws.
    as_of
        The instant of the export.

    Returns
    -------
    tuple
        The rows delivered, and their truth (``TRUTH_SCHEMA``).
    """
    if dirt is Dirt.NONE:
        return table, TRUTH_SCHEMA.empty_table()
    table = _decoded(table)
    fall = _Fall()
    events = skew_clocks(table, SKEWED_DEVICES[dirt] if feed == "web_events" else 0.0, rng)
    if events.skewed.any():
        fall.truth["clock_skew", Outcome.KEPT] = int(events.skewed.sum())
    for aim, places in _allotted(list(aims(feed, table.column_names, dirt)), len(table), rng):
        _let_fall(fall, aim, places, Rows(events.table.take(places), rng, as_of))
    delivered = _delivered(events.table, fall, dirt)
    if dirt is Dirt.HEAVY:
        delivered, kind = with_other_headers(feed, delivered)
        if kind:
            fall.truth[kind, Outcome.KEPT] = delivered.num_rows
    return delivered, _truth(feed, fall)


def _decoded(table: pa.Table) -> pa.Table:
    """Return the table without dictionaries, which have no room for new words."""
    for place, column in enumerate(table.schema):
        if pa.types.is_dictionary(column.type):
            plain = table[column.name].cast(column.type.value_type)
            table = table.set_column(place, column.name, plain)
    return table


def _allotted(
    wanted: list[Aim], rows: int, rng: np.random.Generator
) -> Iterator[tuple[Aim, NDArray[np.int64]]]:
    """Yield each aim with rows of its own, in ascending order."""
    counts = rng.binomial(rows, [aim.share for aim in wanted]) if wanted else np.array([], int)
    ends = np.minimum(np.cumsum(counts), rows)
    places = rng.choice(rows, int(ends[-1]), replace=False) if len(ends) and rows else np.array([])
    for aim, first, end in zip(wanted, np.append(0, ends), ends, strict=False):
        if end > first:
            yield aim, np.sort(places[first:end])


def _let_fall(fall: _Fall, aim: Aim, places: NDArray[np.int64], rows: Rows) -> None:
    chosen = aim.kind.chosen(rows, aim.column)
    hit = Rows(rows.table.filter(chosen), rows.rng, rows.as_of)
    if not len(hit):
        return
    changes = aim.kind.change(hit, aim.column)
    fall.truth[aim.kind.name, aim.kind.outcome] += len(hit)
    if aim.kind.is_added:
        fall.added.append(_with_columns(hit.table, changes))
        return
    for name, values in changes.items():
        fall.changes[name].append((places[chosen.to_numpy(zero_copy_only=False)], values))


def _delivered(table: pa.Table, fall: _Fall, dirt: Dirt) -> pa.Table:
    schema = pa.schema([(column.name, _delivered_type(column, dirt)) for column in table.schema])
    columns = [
        _scattered(table[column.name].cast(column.type), fall.changes.get(column.name, []))
        for column in schema
    ]
    delivered = pa.Table.from_arrays(columns, schema=schema)
    return pa.concat_tables([delivered, *(added.cast(schema) for added in fall.added)])


def _delivered_type(column: pa.Field, dirt: Dirt) -> pa.DataType:
    return pa.string() if dirt is Dirt.HEAVY else column.type


def _scattered(
    column: pa.ChunkedArray, changes: list[tuple[NDArray[np.int64], pa.Array]]
) -> pa.ChunkedArray:
    """Put changed values into their places, whose rows are all different."""
    if not changes:
        return column
    places = np.concatenate([each for each, _ in changes])
    values = pa.concat_arrays([_plain(values).cast(column.type) for _, values in changes])
    mask = np.zeros(len(column), dtype=bool)
    mask[places] = True
    ordered = values.take(pa.array(np.argsort(places, kind="stable")))
    return pc.replace_with_mask(column, pa.array(mask), ordered)


def _plain(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def _with_columns(table: pa.Table, changes: dict[str, pa.Array]) -> pa.Table:
    for name, values in changes.items():
        place = table.column_names.index(name)
        table = table.set_column(place, name, _plain(values).cast(table.schema.field(place).type))
    return table


def _truth(feed: str, fall: _Fall) -> pa.Table:
    rows = [
        {"feed": feed, "kind": kind, "outcome": str(outcome), "rows": count}
        for (kind, outcome), count in sorted(fall.truth.items())
    ]
    return pa.Table.from_pylist(rows, schema=TRUTH_SCHEMA)
