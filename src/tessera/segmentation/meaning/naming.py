"""Which segment is which archetype of the playbook, and what it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from tessera.segmentation.features import SegmentFeature
    from tessera.segmentation.meaning.playbook import Playbook

    Floats = NDArray[np.float64]

FINER_COSTS = 0.1
"""What calling a segment by a finer variant costs: it must fit better than a name of the core by a
third of a deviation (.32 squared). At .25 a segment of the simulated shop that had been silent for
long was called light shoppers, rather than slipping away; of 3 to 7 segments of that shop and of
Complete Journey, 0 gives one other name than .1."""

LEAST_WEIGHT = 0.25
"""How much a driver counts on which an archetype is average. One counts as much as the archetype
is far out on it: who is not after offers is no bargain hunter, however well the rest fits. With
equal weights a segment of average discounts in Complete Journey was called so."""

WORTH = "value"
WORTH_COUNTS = 3.0
"""How much more the driver of worth counts than any other: names are read as a ranking of worth.
Counted alike, the segment of the simulated shop that spends most was called loyal regulars, since
the next one fitted both names about as well, and was called champions."""

UNSTATED = 4.0
"""The mismatch of an archetype that states nothing of what is known: two deviations, squared."""

KEPT = -1e6
"""The cost of a name that is kept: below any sum of differences, so that nothing outbids it."""

OUT_OF_SEASON = 1e6
"""The cost of an archetype that no segment may newly be called: above any sum of differences."""


def match_archetypes(
    profile: Floats,
    features: Sequence[SegmentFeature],
    playbook: Playbook,
    kept: Mapping[int, str],
    day: date | None = None,
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
    day
        Archetypes out of season on this day are given to nobody anew; None: all are in season.

    Returns
    -------
    tuple
        None for the segments left when the archetypes are used up.

    Notes
    -----
    One-to-one by the least total of mean squared differences over the drivers that an archetype
    states (Kuhn 1955), each weighted by how far out the archetype is on it; a finer variant costs
    :data:`FINER_COSTS` more.
    """
    if not playbook.entries:
        return (None,) * len(profile)
    cost = _cost(profile, features, playbook, day)
    for segment, archetype in kept.items():
        if archetype in playbook.archetypes:
            cost[segment, playbook.archetypes.index(archetype)] = KEPT
    pairs = zip(*linear_sum_assignment(cost), strict=True)
    places = {int(s): int(a) for s, a in pairs if cost[s, a] < OUT_OF_SEASON}
    return tuple(places.get(segment) for segment in range(len(profile)))


def name_segments(
    profile: Floats,
    features: Sequence[SegmentFeature],
    playbook: Playbook,
    kept: Mapping[int, str],
    day: date | None = None,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return a unique name and an archetype (empty for none) per segment.

    Segments beyond the archetypes are numbered after the one they resemble most: "Dormant 2".
    Parameters are those of :func:`match_archetypes`.
    """
    places = match_archetypes(profile, features, playbook, kept, day)
    nearest = nearest_archetypes(profile, features, playbook)
    names = ["" if place is None else playbook.names[place] for place in places]
    for segment, place in enumerate(places):
        if place is None:
            stem = playbook.names[nearest[segment]] if nearest else "Segment"
            names[segment] = _first_free_name(stem, {*names, *playbook.names})
    archetypes = tuple("" if place is None else playbook.archetypes[place] for place in places)
    return tuple(names), archetypes


def nearest_archetypes(
    profile: Floats, features: Sequence[SegmentFeature], playbook: Playbook
) -> list[int]:
    """Return the place of the archetype each segment resembles most, whoever else does; or none."""
    if not playbook.entries:
        return []
    nearest: list[int] = _cost(profile, features, playbook, day=None).argmin(axis=1).tolist()
    return nearest


def _cost(
    profile: Floats, features: Sequence[SegmentFeature], playbook: Playbook, day: date | None
) -> Floats:
    """Return what it costs to call each segment by each archetype."""
    surcharge = [
        FINER_COSTS * (not entry.is_core) + OUT_OF_SEASON * (not entry.is_in_season(day))
        for entry in playbook.entries
    ]
    cost: Floats = _mismatch(profile, features, playbook) + np.array(surcharge)
    return cost


def _mismatch(profile: Floats, features: Sequence[SegmentFeature], playbook: Playbook) -> Floats:
    """Return the weighted mean squared difference of each segment and archetype."""
    here = _by_driver(profile, features, playbook.drivers)[:, None, :]
    wanted = playbook.positions[None, :, :]
    is_known = ~np.isnan(here + wanted)
    stress = np.array([WORTH_COUNTS if driver == WORTH else 1.0 for driver in playbook.drivers])
    weights = np.where(is_known, np.maximum(np.abs(wanted), LEAST_WEIGHT) * stress, 0.0)
    squared = np.where(is_known, here - wanted, 0.0) ** 2
    total = weights.sum(axis=2)
    # An archetype that states nothing of what is known fits nobody better than an average one.
    return np.where(total > 0, (weights * squared).sum(axis=2) / np.maximum(total, 1e-9), UNSTATED)


def _by_driver(
    profile: Floats, features: Sequence[SegmentFeature], drivers: Sequence[str]
) -> Floats:
    """Return where each segment lies on each driver: the mean over its features; NaN without."""
    signs = np.array([-1.0 if feature.is_reversed else 1.0 for feature in features])
    lying = np.full((len(profile), len(drivers)), np.nan)
    for place, driver in enumerate(drivers):
        of_driver = [number for number, each in enumerate(features) if each.driver == driver]
        if of_driver:
            lying[:, place] = (profile[:, of_driver] * signs[of_driver]).mean(axis=1)
    return lying


def _first_free_name(stem: str, taken: set[str]) -> str:
    number = 1 if stem == "Segment" else 2
    while f"{stem} {number}" in taken:
        number += 1
    return f"{stem} {number}"
