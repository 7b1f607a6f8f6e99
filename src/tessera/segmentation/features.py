"""Which features tell customers apart, how much each counts, and why.

Short on purpose: every segment has to be told in words, and distance loses its meaning in many
dimensions. Feature tables hold a hundred columns; most say the same thing over another window.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


class SegmentationError(ValueError):
    """Customers cannot be segmented with what was given."""


@dataclass(frozen=True)
class SegmentFeature:
    """One dimension in which customers differ.

    Attributes
    ----------
    name
        The feature's column.
    driver
        The playbook's word for it (``value``, ``recency``, …).
    weight
        How far one robust standard deviation reaches, relative to the others.
    is_skewed
        Whether it is read on a signed logarithmic scale (amounts, counts, days).
    is_reversed
        Whether a *small* number is a high position on the driver (days since the last order).
    reason
        Why it is here.
    """

    name: str
    driver: str
    weight: float
    reason: str
    is_skewed: bool = True
    is_reversed: bool = False


# The weights: with all at 1, the segments explained less of the next 90 days' spend than quintiles
# of recency, frequency and spend do (.42 against .45 for five segments; Complete Journey, 2,469
# households, three past origins); with these, more (.49). Eleven lists and weightings were tried on
# the same origins, so the gain is a little flattering, and a plain ranking by the spend of the last
# 90 days still explains more (.50 in five groups): it spends nothing on other dimensions. What
# lasts is the order: value, frequency and recency count most, what a customer likes counts less
# than how much she buys.
SEGMENT_FEATURES = (
    SegmentFeature("orders_amount_sum_365d", "value", 1.5, "what a customer is worth in a year"),
    SegmentFeature("orders_count_90d", "frequency", 1.5, "how often she comes now"),
    SegmentFeature("orders_amount_avg_365d", "basket", 0.75, "few large or many small orders"),
    SegmentFeature(
        "orders_days_since_last",
        "recency",
        1.25,
        "the first sign that somebody leaves",
        is_reversed=True,
    ),
    SegmentFeature(
        "orders_count_90d_over_365d",
        "trend",
        0.75,
        "whether she comes more or less often than before",
        is_skewed=False,
    ),
    SegmentFeature(
        "orders_discounted_share_365d",
        "discount",
        0.5,
        "whether price brings her",
        is_skewed=False,
    ),
    SegmentFeature(
        "categories_distinct_count_180d", "variety", 1.0, "how much of the range she uses"
    ),
    SegmentFeature("orders_days_since_first", "tenure", 0.5, "newcomers are not yet regulars"),
)
"""Value, behaviour, taste and rhythm; a row per dimension."""

DRIVERS = tuple(feature.driver for feature in SEGMENT_FEATURES)
"""The playbook's columns of positions, in the order of the features."""

_BY_NAME = {feature.name: feature for feature in SEGMENT_FEATURES}


def available_features(frame: pd.DataFrame) -> tuple[SegmentFeature, ...]:
    """Return the declared features that ``frame`` has with at least one value.

    A feed that was never delivered leaves its features out; the others still tell customers apart.

    Raises
    ------
    SegmentationError
        None of the declared features is there.
    """
    found = tuple(
        feature
        for feature in SEGMENT_FEATURES
        if feature.name in frame.columns and frame[feature.name].notna().any()
    )
    if not found:
        raise SegmentationError(
            "none of the features that segments are built from has a value; expected at least one "
            f"of {[feature.name for feature in SEGMENT_FEATURES]}"
        )
    return found


def features_named(names: tuple[str, ...]) -> tuple[SegmentFeature, ...]:
    """Return the declared features of these names, in their order.

    Raises
    ------
    SegmentationError
        A name is not declared (an older version of Tessera fitted the model).
    """
    unknown = [name for name in names if name not in _BY_NAME]
    if unknown:
        raise SegmentationError(f"{unknown} are not segment features; known: {sorted(_BY_NAME)}")
    return tuple(_BY_NAME[name] for name in names)
