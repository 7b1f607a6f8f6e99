"""Parts of one segment: how its members fall apart, how surely, and by which feature.

A split that another half of the same members would draw elsewhere says nothing of them. So the
members are halved by a hash, each half is split by k-means, and both splits label all members: they
must agree. Of three and two parts the first that does, with every part large enough, is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import rankdata
from sklearn.metrics import adjusted_rand_score

from tessera.hashing import hashed_shares
from tessera.segmentation.algorithms import Prototypes, Spec, fit_specs

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

PARTS = (3, 2)
"""How many are tried, the most first: a person keeps three variants of a segment in mind."""

AGREE = 0.8
"""Adjusted Rand index that two halves must reach. Of 60 round clouds of 400 and 2,000 points in 4
and 8 dimensions none did (the highest .77, the median .08), in 2 dimensions one in fifteen;
segments of Complete Journey and the simulated shop lie between .02 and .99."""

FEWEST_TO_SPLIT = 200
"""Members that a segment needs to be split at all: halves of 30 agree by luck."""


@dataclass(frozen=True)
class Split:
    """How a segment falls apart.

    Attributes
    ----------
    prototypes
        A centre per part; one part is the segment itself.
    labels
        The part of each member.
    agreement
        Of the two halves; None for one part.
    """

    prototypes: Prototypes
    labels: Places
    agreement: float | None


def split_members(points: Floats, customer_ids: pd.Series, fewest: float, seed: int) -> Split:
    """Split the members of one segment, where they fall apart.

    Parameters
    ----------
    points
        Where they lie in the model's space, shape (members, dimensions).
    customer_ids
        Who they are.
    fewest
        Members that each part needs.
    seed
        Seeds k-means.
    """
    half = hashed_shares(customer_ids, "segment halves") < 0.5  # noqa: PLR2004 - a half
    for parts in PARTS:
        if len(points) < max(parts * fewest, FEWEST_TO_SPLIT):
            continue
        prototypes = _fitted(points, parts, seed)
        labels = prototypes.nearest(points)
        if np.bincount(labels, minlength=parts).min() < fewest:
            continue
        first, second = (_fitted(points[h], parts, seed).nearest(points) for h in (half, ~half))
        agreement = float(adjusted_rand_score(first, second))
        if agreement >= AGREE:
            return Split(prototypes, labels, agreement)
    middle = points.mean(axis=0) if len(points) else np.zeros(points.shape[1])
    whole = Prototypes(middle[None, :], np.zeros(1, dtype=np.int64))
    return Split(whole, np.zeros(len(points), dtype=np.int64), None)


def _fitted(points: Floats, parts: int, seed: int) -> Prototypes:
    ((_, prototypes),) = fit_specs(points, [Spec("kmeans", parts)], seed)
    return prototypes


@dataclass(frozen=True)
class Apart:
    """What sets a part apart from the rest of its segment most.

    Attributes
    ----------
    feature
        The feature; empty where nothing does.
    is_higher
        Whether the part has more of it.
    value, rest_value
        Medians of the part and of the rest, in the feature's own unit.
    """

    feature: str
    is_higher: bool
    value: float
    rest_value: float


NOTHING = Apart("", is_higher=False, value=0.0, rest_value=0.0)
"""Of a part that is the whole segment."""


def set_apart(raw: Floats, labels: Places, names: Sequence[str]) -> list[Apart]:
    """Return for each part what sets it apart: no two the same feature and direction.

    The strongest of all goes first. Strength is the rank-biserial correlation (Cureton 1956): how
    much oftener a member of the part has more than one of the rest than the other way round. It
    knows no unit and no whales.

    Parameters
    ----------
    raw
        Features in their own units, shape (members, features).
    labels
        The part of each member.
    names
        The features.
    """
    parts = int(labels.max(initial=0)) + 1
    if parts == 1:
        return [NOTHING]
    strength = np.array([_strengths(raw, labels == part) for part in range(parts)])
    told: dict[int, Apart] = {}
    taken: set[tuple[int, bool]] = set()
    for place in np.argsort(-np.abs(strength), axis=None, kind="stable"):
        part, feature = (int(number) for number in np.unravel_index(place, strength.shape))
        is_higher = bool(strength[part, feature] > 0)
        if part not in told and (feature, is_higher) not in taken:
            inside = labels == part
            medians = (float(np.median(raw[rows, feature])) for rows in (inside, ~inside))
            told[part] = Apart(names[feature], is_higher, *medians)
            taken.add((feature, is_higher))
    return [told.get(part, NOTHING) for part in range(parts)]


def _strengths(raw: Floats, inside: NDArray[np.bool_]) -> Floats:
    """Return the rank-biserial correlation of each feature with being inside."""
    ranks = np.asarray(rankdata(raw, axis=0))
    members, others = inside.sum(), (~inside).sum()
    above = ranks[inside].sum(axis=0) - members * (members + 1) / 2
    strength: Floats = 2.0 * above / (members * others) - 1.0
    return strength
