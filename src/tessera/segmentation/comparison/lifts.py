"""How far the top group lies above everybody: the group that was ahead before, not in hindsight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tessera.segmentation.comparison.pasts import AMOUNT, CHURN, ORDERS, RECENT_ORDERS, recent
from tessera.segmentation.rivals import SPEND_FEATURE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.segmentation.outcomes import Origin

    Labels = NDArray[np.int64]

RANKED_BY = {
    AMOUNT: (SPEND_FEATURE, 1.0),
    CHURN: (RECENT_ORDERS, -1.0),
    ORDERS: (RECENT_ORDERS, 1.0),
}
"""By what, known before the outcome, the top group of each outcome is found, and in which
direction: most spend, fewest orders, most orders in the 90 days before."""


def lift_of_top(past: Origin, labels: Labels, outcome: str) -> tuple[float, float]:
    """Return the mean outcome of the top group over everybody's, and the group's share of people.

    Spend is compared in money, not in logarithms. Equal groups by number of people are a part of
    the comparison: a smaller top group lies further above.

    Returns
    -------
    tuple
        Lift (1 is nobody's gain) and share; NaN when nobody is asked, or nothing happened to
        anybody.
    """
    values = past.outcomes[outcome]
    asked = ~np.isnan(values)
    if not asked.any():
        return np.nan, np.nan
    values, groups = values[asked], labels[asked]
    money = np.expm1(values) if outcome == AMOUNT else values
    feature, direction = RANKED_BY[outcome]
    before = direction * recent(past.customers, feature)[asked]
    is_top = groups == _group_of_highest_mean(groups, before)
    overall = float(money.mean())
    return (float(money[is_top].mean()) / overall if overall else np.nan), float(is_top.mean())


def _group_of_highest_mean(groups: Labels, values: NDArray[np.float64]) -> int:
    counts = np.bincount(groups)
    sums = np.bincount(groups, values)
    means = np.divide(sums, counts, out=np.full(len(counts), -np.inf), where=counts > 0)
    return int(means.argmax())
