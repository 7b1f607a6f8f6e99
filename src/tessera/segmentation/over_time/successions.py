"""What becomes of segments when the model changes: kept, split, merged, born or died.

Segments are known again by their customers: the same people, placed by the model before and by the
new one. So it does not matter by which algorithm, on which features, or into how many segments.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from tessera.segmentation.over_time.geometry import distances_of, segments_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from tessera.segmentation.model import SegmentModel

    Floats = NDArray[np.float64]
    Counts = NDArray[np.int64]

KEPT = 1 / 3
"""Jaccard overlap from which a segment keeps its id: two of one size then share half of each."""

MOST = 0.5
"""The share of a segment's customers that says where they went, or came from."""


@dataclass(frozen=True)
class Succession:
    """An event: places in the model before and in the new one; None where there is none.

    Attributes
    ----------
    event
        kept, split (a new segment out of an older one), merged (an older one into another), born
        (a new segment out of several), died (an older one whose customers went several ways).
    customers
        Customers that both have; of a segment that was born or died, all of its own.
    share
        Of the customers of the segment that the event befell: the older one, or the new one when
        it was split off or born.
    """

    event: str
    older: int | None
    newer: int | None
    customers: int
    share: float


def shared(before: SegmentModel, after: SegmentModel, customers: pd.DataFrame) -> Counts:
    """Return how many customers each pair of segments shares, shape (older, newer)."""
    counts = np.zeros((segments_of(before), segments_of(after)), dtype=np.int64)
    was = distances_of(before, customers).argmin(axis=1)
    now = distances_of(after, customers).argmin(axis=1)
    np.add.at(counts, (was, now), 1)
    return counts


def match_segments(overlap: Counts) -> dict[int, int]:
    """Return the older place of each new segment that keeps its id.

    One-to-one by the greatest total Jaccard overlap (Kuhn 1955; Jaccard as Hennig 2007 compares
    clusters), then a pair is cut where it shares too little.

    >>> match_segments(np.array([[90, 0], [10, 60], [0, 40]]))
    {0: 0, 1: 1}
    """
    sizes = overlap.sum(axis=1)[:, None] + overlap.sum(axis=0)[None, :] - overlap
    jaccard = np.divide(overlap, sizes, out=np.zeros(overlap.shape), where=sizes > 0)
    older, newer = linear_sum_assignment(-jaccard)
    return {
        int(new): int(old)
        for old, new in zip(older, newer, strict=True)
        if jaccard[old, new] >= KEPT
    }


def carry_ids(overlap: Counts, older_ids: Sequence[str], first_free: int) -> tuple[str, ...]:
    """Return an id per new segment: the older one's where it is kept, a new one otherwise.

    >>> carry_ids(np.array([[0, 90], [60, 0]]), ["s1", "s2"], first_free=3)
    ('s2', 's1')
    """
    kept = match_segments(overlap)
    fresh = iter(range(first_free, first_free + overlap.shape[1]))
    return tuple(
        older_ids[kept[new]] if new in kept else f"s{next(fresh)}"
        for new in range(overlap.shape[1])
    )


def first_free_number(segment_ids: Iterable[str]) -> int:
    """Return the number after the highest that a segment bears.

    >>> first_free_number(["s1", "s12", "s3"])
    13
    """
    numbers = [int(found.group(1)) for i in segment_ids if (found := re.fullmatch(r"s(\d+)", i))]
    return max(numbers, default=0) + 1


def successions(overlap: Counts) -> list[Succession]:
    """Return what befell each segment: one event per older one, and one per new one without an id.

    >>> [(one.event, one.older, one.newer) for one in successions(np.array([[90, 30], [0, 40]]))]
    [('kept', 0, 0), ('kept', 1, 1)]
    """
    kept = match_segments(overlap)
    return [*_of_newer(overlap, kept), *_of_older(overlap, set(kept.values()))]


def _of_newer(overlap: Counts, kept: dict[int, int]) -> Iterator[Succession]:
    for new in range(overlap.shape[1]):
        came = overlap[:, new]
        size = int(came.sum())
        if new in kept:
            old = kept[new]
            yield Succession("kept", old, new, int(came[old]), _share(came[old], overlap[old]))
        elif size and came.max() >= MOST * size:
            old = int(came.argmax())
            yield Succession("split", old, new, int(came[old]), _share(came[old], came))
        else:
            yield Succession("born", None, new, size, 1.0)


def _of_older(overlap: Counts, kept: set[int]) -> Iterator[Succession]:
    for old in range(overlap.shape[0]):
        went = overlap[old]
        size = int(went.sum())
        if old in kept:
            continue
        if size and went.max() >= MOST * size:
            new = int(went.argmax())
            yield Succession("merged", old, new, int(went[new]), _share(went[new], went))
        else:
            yield Succession("died", old, None, size, 1.0)


def _share(part: int, whole: Counts) -> float:
    return float(part / whole.sum()) if whole.sum() else 0.0
