"""What segments are held against: groupings that anybody can make without a model.

Three are tried, and the best of them is published beside the segments, also where it wins. On
Complete Journey customers ranked by the spend of one window and cut into five or more groups
explain a little more of the next 90 days' spend than as many segments (.513 against .508 with six).
A segment has to be more than a rank of spend (who comes rarely and buys much, who is new, who is
leaving), and this is what the other dimensions cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tessera.features import numeric_features
from tessera.segmentation.algorithms import Spec, fit_spec

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Labels = NDArray[np.int64]

RFM_FEATURES = ("orders_days_since_last", "orders_count_365d", "orders_amount_sum_365d")
RFM_PARTS = 5

SPEND_FEATURE = "orders_amount_sum_90d"
"""As long a window as the spend to be explained."""


def rfm_scores(customers: pd.DataFrame) -> pd.DataFrame | None:
    """Return the classical scores (Hughes 1994): 1 to 5 for recency, frequency and spend.

    A column per feature of :data:`RFM_FEATURES`, 5 for the best fifth of the customers. Equal
    values share a score; NULL scores lowest. None when a feature is not there.
    """
    if any(name not in customers.columns for name in RFM_FEATURES):
        return None
    values = numeric_features(customers, RFM_FEATURES)
    values["orders_days_since_last"] *= -1.0
    ranks = values.fillna(-np.inf).rank(method="average")
    scores: pd.DataFrame = np.ceil(ranks / len(customers) * RFM_PARTS)
    return scores


def rfm_groups(customers: pd.DataFrame, groups: int) -> Labels | None:
    """Return the classical scores, added and cut into ``groups``; None when a feature is missing.

    Customers with equal points stay together, so the groups are only about equal.
    """
    scores = rfm_scores(customers)
    return None if scores is None else _cut(scores.sum(axis=1), groups)


def rfm_clusters(
    before: pd.DataFrame, customers: pd.DataFrame, groups: int, seed: int
) -> Labels | None:
    """Return k-means on recency, frequency and spend as an analyst would have it.

    Logarithms, standard deviations, no weights; fitted on ``before``, and ``customers`` go to the
    nearest centre. A missing recency is the longest known. None when a feature is not there.
    """
    if any(name not in frame.columns for frame in (before, customers) for name in RFM_FEATURES):
        return None
    fitted, asked = (_log_rfm(frame) for frame in (before, customers))
    fills, spread = fitted.max(), fitted.std(ddof=0)
    spread = spread.where(spread > 0, 1.0)
    points, places = (
        ((frame.fillna(fills).fillna(0.0) - fitted.mean()) / spread).fillna(0.0).to_numpy()
        for frame in (fitted, asked)
    )
    return fit_spec(points, Spec("kmeans", groups), seed).nearest(places)


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
"""Each ranking's name in the evaluations, and how it groups customers (rows of one snapshot)."""

RIVAL_FEATURES = (*RFM_FEATURES, SPEND_FEATURE)
"""The features that some rival reads."""


def _log_rfm(customers: pd.DataFrame) -> pd.DataFrame:
    values = numeric_features(customers, RFM_FEATURES)
    logarithms: pd.DataFrame = np.sign(values) * np.log1p(values.abs())
    return logarithms


def _cut(values: pd.Series, groups: int) -> Labels:
    """Cut into ``groups`` of about equal size, the lowest first; equal values stay together."""
    middles = values.rank(method="average").to_numpy() - 0.5
    parts: Labels = (middles / len(values) * groups).astype(np.int64)
    return parts
