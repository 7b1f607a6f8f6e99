"""The playbook: archetypes that people describe, and which segment is which of them.

``seeds/segment_playbook.csv`` has one row per archetype: its key, its name, what it means, what to
do about it, how to measure that, and where it lies on a few drivers (-2 far below the average
customer, 0 average, 2 far above; empty where it does not matter). Nothing in code says that
"cluster 1 = Champions".
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from tessera import registry
from tessera.segmentation.features import DRIVERS, SegmentationError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from tessera.segmentation.features import SegmentFeature

    Floats = NDArray[np.float64]

WORD_COLUMNS = ("archetype", "segment_name", "description", "strategy", "kpi")
"""The columns of the playbook that are text."""

FARTHEST = 2.0
"""Positions go from -2 to 2: centroids of real shops lie within two deviations of the average."""


KEPT = -1e6
"""The cost of a name that is kept: below any sum of differences, so that nothing outbids it."""


class PlaybookError(SegmentationError):
    """The playbook cannot be read; the message says which row and column to mend."""


@dataclass(frozen=True)
class Playbook:
    """Archetypes, one per position of each field.

    Attributes
    ----------
    archetypes, names
        The key, and the name people read.
    positions
        Shape (archetypes, drivers), in the order of ``DRIVERS``; NaN where it does not matter.
    fingerprint
        Of what decides the names: keys, names and positions. A better description renames nothing.
    """

    archetypes: tuple[str, ...]
    names: tuple[str, ...]
    positions: Floats
    fingerprint: str


def read_playbook(frame: pd.DataFrame) -> Playbook:
    """Validate the seed and return what it says; the order of its rows does not matter.

    Raises
    ------
    PlaybookError
        A column is missing, an archetype or name is empty or stands twice, or a position is not a
        number between -2 and 2.
    """
    missing = [name for name in (*WORD_COLUMNS, *DRIVERS) if name not in frame.columns]
    if missing:
        raise PlaybookError(f"segment_playbook lacks {_with_nearest(missing, list(frame.columns))}")
    for name in ("archetype", "segment_name"):
        _require_unique_words(frame[name])
    ordered = frame.sort_values("archetype", kind="stable", ignore_index=True)
    positions = np.column_stack([_positions(ordered, driver) for driver in DRIVERS])
    table = pd.DataFrame(positions, columns=list(DRIVERS))
    words = ordered[["archetype", "segment_name"]].astype(str)
    return Playbook(
        archetypes=tuple(words["archetype"]),
        names=tuple(words["segment_name"]),
        positions=positions,
        fingerprint=registry.fingerprint(pd.concat([words, table], axis=1)),
    )


def match_archetypes(
    profile: Floats,
    features: Sequence[SegmentFeature],
    playbook: Playbook,
    kept: Mapping[int, str],
) -> tuple[int | None, ...]:
    """Return the archetype of each segment as its place in ``playbook``, each at most once.

    Parameters
    ----------
    profile
        Shape (segments, features): standard deviations from the population's mean.
    features
        What the columns of ``profile`` are. Drivers whose feature is not there do not count.
    playbook
        The archetypes.
    kept
        Archetypes that segments bore before and keep, by the segment's position.

    Returns
    -------
    tuple
        None for the segments left when the archetypes are used up.

    Notes
    -----
    One-to-one by the least total of mean squared differences over the drivers that an archetype
    states (Kuhn 1955).
    """
    if not playbook.archetypes:
        return (None,) * len(profile)
    cost = _mismatch(profile, features, playbook)
    for segment, archetype in kept.items():
        if archetype in playbook.archetypes:
            cost[segment, playbook.archetypes.index(archetype)] = KEPT
    places = {int(s): int(a) for s, a in zip(*linear_sum_assignment(cost), strict=True)}
    return tuple(places.get(segment) for segment in range(len(profile)))


def name_segments(
    profile: Floats,
    features: Sequence[SegmentFeature],
    playbook: Playbook,
    kept: Mapping[int, str],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return a unique name and an archetype (empty for none) per segment.

    Segments beyond the archetypes are numbered after the one they resemble most: "Dormant 2".
    """
    places = match_archetypes(profile, features, playbook, kept)
    nearest = _mismatch(profile, features, playbook).argmin(axis=1) if playbook.names else None
    names = ["" if place is None else playbook.names[place] for place in places]
    for segment, place in enumerate(places):
        if place is None:
            stem = "Segment" if nearest is None else playbook.names[nearest[segment]]
            names[segment] = _first_free_name(stem, {*names, *playbook.names})
    archetypes = tuple("" if place is None else playbook.archetypes[place] for place in places)
    return tuple(names), archetypes


def _mismatch(profile: Floats, features: Sequence[SegmentFeature], playbook: Playbook) -> Floats:
    """Return the mean squared difference of each segment and archetype."""
    driving = [place for place, feature in enumerate(features) if feature.driver]
    columns = [DRIVERS.index(features[place].driver) for place in driving]
    signs = np.array([-1.0 if features[place].is_reversed else 1.0 for place in driving])
    wanted = playbook.positions[:, columns][None, :, :]
    squared = (profile[:, driving][:, None, :] * signs - wanted) ** 2
    stated = (~np.isnan(wanted)).sum(axis=2)
    # An archetype that states nothing of what is known fits nobody better than an average one.
    return np.where(stated > 0, np.nansum(squared, axis=2) / np.maximum(stated, 1), FARTHEST**2)


def _first_free_name(stem: str, taken: set[str]) -> str:
    number = 1 if stem == "Segment" else 2
    while f"{stem} {number}" in taken:
        number += 1
    return f"{stem} {number}"


def _require_unique_words(words: pd.Series) -> None:
    empty = words.isna() | (words.astype(str).str.strip() == "")
    if empty.any():
        row = int(np.flatnonzero(empty.to_numpy())[0]) + 1
        raise PlaybookError(f"segment_playbook row {row} has an empty {words.name}; give it one")
    twice = sorted(set(words[words.duplicated()].astype(str)))
    if twice:
        raise PlaybookError(
            f"segment_playbook has {words.name} {twice[0]!r} more than once; each may stand once"
        )


def _positions(frame: pd.DataFrame, driver: str) -> Floats:
    given = frame[driver].replace(r"^\s*$", None, regex=True)
    numbers = pd.to_numeric(given, errors="coerce")
    wrong = (given.notna() & numbers.isna()) | (numbers.abs() > FARTHEST)
    if wrong.any():
        place = int(np.flatnonzero(wrong.to_numpy())[0])
        raise PlaybookError(
            f"segment_playbook: {driver} of archetype '{frame['archetype'].iloc[place]}' is "
            f"{given.iloc[place]!r}; expected a number from -2 to 2, or nothing"
        )
    return np.asarray(numbers, dtype=np.float64)


def _with_nearest(missing: list[str], known: list[str]) -> str:
    told = []
    for name in missing:
        close = difflib.get_close_matches(name, known, n=1)
        told.append(f"column '{name}'" + (f" (is it '{close[0]}'?)" if close else ""))
    return ", ".join(told)
