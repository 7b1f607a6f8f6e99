"""The playbook: archetypes that people describe. Nothing in code says "cluster 1 = Champions".

``seeds/segment_playbook.csv`` has one row per archetype: its key, its name, whether it is one of
the few of the core or a finer variant, the broad group it belongs to, what it means, what to do
about it, how to measure that, who answers for it and when, and where it lies on a few drivers (-2
far below the average customer, 0 average, 2 far above; empty where it does not matter).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera import registry
from tessera.segmentation.features import DRIVERS
from tessera.segmentation.meaning.cells import (
    PlaybookError,
    require_columns,
    text_in,
    validity_in,
    with_nearest,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

REQUIRED = (
    "archetype",
    "segment_name",
    "kind",
    "macro_segment_id",
    "macro_segment_name",
    "description",
    "strategy",
    "kpi",
)
OPTIONAL = ("owner", "valid_from", "valid_to")
"""The columns of the playbook that are text or days; all others are drivers."""

FARTHEST = 2.0
"""Positions go from -2 to 2: centroids of real shops lie within two deviations of the average."""

KINDS = ("core", "finer")
"""``core`` archetypes name the five to seven segments of most shops; ``finer`` ones are variants of
them, for those that have more."""

MACRO_ID = re.compile(r"[a-z][a-z_]*")
"""Letters only, so that no broad group is mistaken for a segment (``s3``) or a part (``s3.1``)."""


@dataclass(frozen=True)
class Archetype:
    """A kind of customers, as a row of the playbook describes it.

    Attributes
    ----------
    key, name
        What the registry remembers, and what people read.
    is_core
        Whether it is no finer variant of another.
    macro_id, macro_name
        The broad group it belongs to.
    description, strategy, kpi, owner
        Who they are, what to do, what to watch, who answers for it; None where nothing is said.
    valid_from, valid_to
        First day, and first day after, on which a segment may newly be called so; None: no bound.
    positions
        One per driver of the playbook; NaN where it does not matter.
    """

    key: str
    name: str
    is_core: bool
    macro_id: str
    macro_name: str
    description: str | None
    strategy: str | None
    kpi: str | None
    owner: str | None
    valid_from: date | None
    valid_to: date | None
    positions: tuple[float, ...]

    def is_in_season(self, day: date | None) -> bool:
        """Tell whether a segment may newly be called so on a day; None: on any day."""
        if day is None:
            return True
        is_begun = self.valid_from is None or self.valid_from <= day
        return is_begun and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Playbook:
    """Archetypes in the order of their keys, and the drivers that their positions are on.

    Attributes
    ----------
    fingerprint
        Of what decides the names: keys, names, kinds, seasons and positions. A better description
        renames nothing.
    """

    entries: tuple[Archetype, ...]
    drivers: tuple[str, ...]
    fingerprint: str

    @property
    def archetypes(self) -> tuple[str, ...]:
        """The keys."""
        return tuple(entry.key for entry in self.entries)

    @property
    def names(self) -> tuple[str, ...]:
        """The names people read."""
        return tuple(entry.name for entry in self.entries)

    @property
    def positions(self) -> Floats:
        """Shape (archetypes, drivers); NaN where it does not matter."""
        shape = (len(self.entries), len(self.drivers))
        return np.array([entry.positions for entry in self.entries], dtype=float).reshape(shape)


def read_playbook(frame: pd.DataFrame, drivers: Sequence[str] = DRIVERS) -> Playbook:
    """Validate the seed and return what it says; the order of its rows does not matter.

    Parameters
    ----------
    frame
        The seed ``segment_playbook``: a row per archetype. A driver without a column matters to
        none of them.
    drivers
        What a column of positions may be called.

    Raises
    ------
    PlaybookError
        A column is missing or is no driver, an archetype or name is empty or stands twice, a kind
        or group is not what it may be, a day is none, or a position is not a number from -2 to 2.
    """
    require_columns("segment_playbook", frame, REQUIRED)
    stated = [name for name in frame.columns if name not in (*REQUIRED, *OPTIONAL)]
    strange = [with_nearest(name, drivers) for name in stated if name not in drivers]
    if strange:
        raise PlaybookError(
            f"segment_playbook has column {', '.join(strange)}, which is no driver; "
            f"drivers are {', '.join(drivers)}"
        )
    for name in ("archetype", "segment_name"):
        _require_unique_words(frame[name])
    ordered = frame.sort_values("archetype", kind="stable", ignore_index=True)
    entries = tuple(_archetype(row, stated) for row in ordered.to_dict("records"))
    _require_one_name_per_group(entries)
    return Playbook(entries, tuple(stated), _fingerprint(entries, stated))


def _archetype(row: dict[str, object], drivers: list[str]) -> Archetype:
    words = {name: text_in(row.get(name)) for name in (*REQUIRED, *OPTIONAL)}
    where = f"archetype '{words['archetype']}'"
    if words["kind"] not in KINDS:
        raise PlaybookError(
            f"segment_playbook: kind of {where} is '{words['kind']}'; expected {' or '.join(KINDS)}"
        )
    macro_id, macro_name = _broad_group(words, where)
    since, until = validity_in(row, f"segment_playbook, {where},")
    return Archetype(
        key=words["archetype"] or "",
        name=words["segment_name"] or "",
        is_core=words["kind"] == "core",
        macro_id=macro_id,
        macro_name=macro_name,
        description=words["description"],
        strategy=words["strategy"],
        kpi=words["kpi"],
        owner=words["owner"],
        valid_from=since,
        valid_to=until,
        positions=tuple(_position(row[driver], driver, where) for driver in drivers),
    )


def _broad_group(words: Mapping[str, str | None], where: str) -> tuple[str, str]:
    macro_id, name = words["macro_segment_id"] or "", words["macro_segment_name"]
    if not MACRO_ID.fullmatch(macro_id) or name is None:
        raise PlaybookError(
            f"segment_playbook: the broad group of {where} is '{macro_id}' (name: {name}); "
            "expected a macro_segment_id of small letters and '_', and its macro_segment_name"
        )
    return macro_id, name


def _position(cell: object, driver: str, where: str) -> float:
    said = text_in(cell)
    if said is None:
        return float("nan")
    number = float(pd.to_numeric(said, errors="coerce"))
    if np.isnan(number) or abs(number) > FARTHEST:
        raise PlaybookError(
            f"segment_playbook: {driver} of {where} is '{said}'; "
            "expected a number from -2 to 2, or nothing"
        )
    return number


def _fingerprint(entries: tuple[Archetype, ...], drivers: list[str]) -> str:
    decisive = [
        (e.key, e.name, e.is_core, str(e.valid_from), str(e.valid_to), *e.positions)
        for e in entries
    ]
    named = ["archetype", "segment_name", "is_core", "valid_from", "valid_to", *drivers]
    return registry.fingerprint(pd.DataFrame(decisive, columns=named))


def _require_unique_words(words: pd.Series) -> None:
    said = [text_in(cell) for cell in words]
    if None in said:
        row = said.index(None) + 1
        raise PlaybookError(f"segment_playbook row {row} has an empty {words.name}; give it one")
    twice = sorted({str(word) for word in said if said.count(word) > 1})
    if twice:
        raise PlaybookError(
            f"segment_playbook has {words.name} '{twice[0]}' more than once; each may stand once"
        )


def _require_one_name_per_group(entries: tuple[Archetype, ...]) -> None:
    names: dict[str, str] = {}
    for entry in entries:
        if names.setdefault(entry.macro_id, entry.macro_name) != entry.macro_name:
            raise PlaybookError(
                f"segment_playbook calls the broad group '{entry.macro_id}' both "
                f"'{names[entry.macro_id]}' and '{entry.macro_name}'; give it one name"
            )
