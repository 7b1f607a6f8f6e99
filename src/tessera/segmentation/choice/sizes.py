"""How large a segment has to be, and the exception for the very valuable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.features import numeric_features
from tessera.segmentation.algorithms import segment_means
from tessera.segmentation.measures import UNKNOWN, Measure

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Labels = NDArray[np.int64]

VALUE = "orders_amount_sum_365d"
"""By which a segment's worth is told."""

FLOOR_CUSTOMERS = 1_000
"""Members that are always enough for a segment: a campaign with a holdout can be read from them."""
FLOOR_SHARE = 0.05
"""Members that are enough in a smaller shop: one customer in twenty."""
FLOOR_FEW = 5
"""And in the tiniest: a handful."""

VALUABLE = 2.0
"""A segment that holds so many times its share of customers in spend may be smaller …"""
VALUABLE_FLOOR = 0.25
"""… down to this share of the floor: whom a shop lives by it can call one by one."""


@dataclass(frozen=True)
class Sizes:
    """What is counted in each segment: one entry per place.

    Attributes
    ----------
    customers
        Members.
    spend_shares
        The share of all spend of a year that they hold; NaN where spend is not known.
    """

    customers: Labels
    spend_shares: Floats

    @classmethod
    def of(cls, customers: pd.DataFrame, labels: Labels, segments: int) -> Sizes:
        """Count the segments of ``customers``."""
        counts = np.bincount(labels, minlength=segments)
        shares = np.full(segments, UNKNOWN)
        if VALUE in customers.columns:
            spend = numeric_features(customers, (VALUE,))[VALUE].fillna(0.0).to_numpy()
            sums = segment_means(spend[:, None], labels, segments)[:, 0] * counts
            if sums.sum() > 0:
                shares = sums / sums.sum()
        return cls(counts, shares)

    @property
    def floor(self) -> float:
        """Return how many members a segment needs in this shop."""
        return size_floor(int(self.customers.sum()))

    @property
    def floors(self) -> Floats:
        """Return how many members each segment needs: the very valuable ones fewer."""
        heads = self.customers / max(int(self.customers.sum()), 1)
        is_valuable = self.spend_shares >= VALUABLE * heads
        floors: Floats = np.where(is_valuable, VALUABLE_FLOOR * self.floor, self.floor)
        return floors

    def too_small(self) -> Labels:
        """Return the places of the segments that are too small, the smallest first.

        One below the floor is allowed when it holds at least :data:`VALUABLE` times its share of
        customers in spend, and at least :data:`VALUABLE_FLOOR` of the floor.
        """
        small = np.flatnonzero(self.customers < self.floors)
        ordered: Labels = small[np.argsort(self.customers[small], kind="stable")]
        return ordered

    def measures(self) -> list[Measure]:
        """Return the smallest segment, what each needs, and how many have too few."""
        customers = int(self.customers.sum())
        smallest = float(self.customers.min())
        return [
            Measure("smallest_share", smallest / customers, customers),
            Measure("smallest_segment_customers", smallest, customers),
            Measure("size_floor", self.floor, customers),
            Measure("too_small_segments", float(len(self.too_small())), customers),
        ]


def size_floor(customers: int) -> float:
    """Return how many members the smallest segment needs.

    >>> [size_floor(customers) for customers in (40, 2_469, 1_000_000)]
    [5.0, 123.45, 1000.0]
    """
    return min(float(FLOOR_CUSTOMERS), max(FLOOR_SHARE * customers, float(FLOOR_FEW)))
