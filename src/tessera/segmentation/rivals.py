"""What segments are held against: groupings that anybody can make without a model.

Two are tried, and the better of them is published beside the segments, also where it wins. On
Complete Journey it does win: customers ranked by the spend of one window and cut into as many
groups explain more of the next 90 days' spend than the segments from four groups on. A segment has
to be more than a rank of spend (who comes rarely and buys much, who is new, who is leaving), and
this is what the other dimensions and the readable names cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera.features import numeric_features

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Labels = NDArray[np.int64]

RFM_FEATURES = ("orders_days_since_last", "orders_count_365d", "orders_amount_sum_365d")
RFM_PARTS = 5

SPEND_FEATURE = "orders_amount_sum_90d"
"""As long a window as the spend to be explained."""


def rfm_groups(customers: pd.DataFrame, groups: int) -> Labels | None:
    """Return quintiles of recency, frequency and spend, added and cut into ``groups``.

    The classical scoring (Hughes 1994), each quintile worth 1 to 5 points. Customers with equal
    points stay together, so the groups are only about equal. None when a feature is not there.
    """
    if any(name not in customers.columns for name in RFM_FEATURES):
        return None
    points = np.zeros(len(customers))
    for name, values in numeric_features(customers, RFM_FEATURES).items():
        is_good_when_small = name == "orders_days_since_last"
        ranks = (-values if is_good_when_small else values).fillna(-np.inf).rank(method="average")
        points += np.ceil(ranks.to_numpy() / len(customers) * RFM_PARTS)
    return _cut(pd.Series(points), groups)


def spend_groups(customers: pd.DataFrame, groups: int) -> Labels | None:
    """Return customers ranked by the spend of the last 90 days, cut into ``groups``.

    Equal spend stays together (mostly the customers without any), and NULL ranks lowest. None when
    the feature is not there.
    """
    if SPEND_FEATURE not in customers.columns:
        return None
    spend = numeric_features(customers, (SPEND_FEATURE,))[SPEND_FEATURE]
    return _cut(spend.fillna(-np.inf), groups)


RIVALS: dict[str, Callable[[pd.DataFrame, int], Labels | None]] = {
    "rfm_quintiles": rfm_groups,
    "spend_ranking": spend_groups,
}
"""Each rival's name in the evaluations, and how it groups customers (rows of one snapshot)."""

RIVAL_FEATURES = (*RFM_FEATURES, SPEND_FEATURE)
"""The features that some rival reads."""


def _cut(values: pd.Series, groups: int) -> Labels:
    """Cut into ``groups`` of about equal size, the lowest first; equal values stay together."""
    middles = values.rank(method="average").to_numpy() - 0.5
    parts: Labels = (middles / len(values) * groups).astype(np.int64)
    return parts
