"""Shifts: whether the whole shop has begun to behave otherwise, in what the segments read.

Segments answer slowly on purpose, and their sizes follow the seasons. A change of everybody shows
first in the last month's averages and shares, which seasons move little: each month start is held
against the year of month starts before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera import frames
from tessera.segmentation.over_time.geometry import features_of
from tessera.segmentation.over_time.schemas import SEGMENT_SHIFTS_ORDER, SEGMENT_SHIFTS_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tessera.runs import Run
    from tessera.segmentation.over_time.reigns import Reign
    from tessera.segmentation.over_time.spine import Spine

DAYS = 30
"""A month's behaviour: whatever began after the month start before is all of it."""

USUAL_MONTHS = 12
"""Month starts that say what is usual: each season once."""

MONTHS_AT_LEAST = 6
"""Fewer say nothing about what is usual."""

FAR = 4.0
"""Spreads from the usual at which a shift is called. In the simulated shop's twelve quiet months
the farthest of five features is 2.4, in Complete Journey 2.8; the planted drift lies at 11.8."""

_LEVEL = re.compile(r"(?P<stem>.+_(avg|share|rate))_(\d+d|lifetime)")
"""Averages and shares; sums and counts follow the seasons."""


def month_columns(features: Iterable[str]) -> dict[str, str]:
    """Return the last month's column of each feature that is an average or a share.

    >>> month_columns(["orders_discounted_share_lifetime", "orders_count_180d"])
    {'orders_discounted_share_lifetime': 'orders_discounted_share_30d'}
    """
    found = {name: _LEVEL.fullmatch(name) for name in features}
    return {name: f"{parts['stem']}_{DAYS}d" for name, parts in found.items() if parts}


def tell_shifts(spine: Spine, reign: Reign | None, run: Run) -> pd.DataFrame:
    """Hold each month start against the months before it.

    Parameters
    ----------
    spine
        The snapshots, read with the columns of :func:`month_columns`.
    reign
        The one in force; None for a shop without customers.
    run
        The build.

    Returns
    -------
    DataFrame
        A row per month start and feature, columns of ``SEGMENT_SHIFTS_SCHEMA``. Where too few
        months came before, nothing is usual and nothing a shift.
    """
    columns = month_columns(features_of(reign.model)) if reign else {}
    there = {name: short for name, short in columns.items() if short in spine.columns}
    past = [instant for instant in spine.instants if instant < run.as_of]
    if not there or not past:
        return frames.empty(SEGMENT_SHIFTS_SCHEMA)
    means = pd.DataFrame(
        [spine.read(instant)[list(there.values())].mean() for instant in past], index=past
    )
    return shifts_of(means, there).assign(run_id=run.run_id)


def shifts_of(means: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """Hold each row of ``means`` against the rows before it.

    Parameters
    ----------
    means
        A row per month start, in order; a column per last month's feature.
    columns
        Its column by the feature that stands for it; one that is not there is left out.
    """
    there = {name: short for name, short in columns.items() if short in means.columns}
    told = pd.concat([_of_feature(name, means[short]) for name, short in there.items()])
    return told.sort_values(list(SEGMENT_SHIFTS_ORDER), ignore_index=True)


def _of_feature(name: str, means: pd.Series) -> pd.DataFrame:
    """Return the rows of one feature, from its mean at each month start."""
    before = means.shift(1).rolling(USUAL_MONTHS, min_periods=MONTHS_AT_LEAST)
    usual, spread = before.mean(), before.std(ddof=1)
    distance = ((means - usual) / spread).where(spread > 0)
    return pd.DataFrame(
        {
            "snapshot_at": means.index,
            "feature_name": name,
            "value": means.to_numpy(),
            "usual": usual.to_numpy(),
            "spread": spread.to_numpy(),
            "distance": distance.to_numpy(),
            "is_shift": np.abs(distance.to_numpy()) >= FAR,
        }
    )
