"""A reign rehearsed: where customers would have been at past snapshots, had it always been one.

What damping and membership scores are judged by. A young reign has no past of its own, and one
whose past was under several models tells of the changes of the models.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from tessera.segmentation.over_time.placing import place_customers
from tessera.segmentation.over_time.stays import no_state, state_after, stay_or_move

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tessera.segmentation.model import SegmentModel
    from tessera.segmentation.over_time.placing import Placed
    from tessera.segmentation.over_time.reigns import Reign

MONTH = pd.Timedelta(days=31)
"""Two month starts that follow each other lie at most this far apart."""


def place_past(
    snapshots: Iterable[tuple[pd.Timestamp, pd.DataFrame]], model: SegmentModel, recent_days: int
) -> list[Placed]:
    """Return the customers of each snapshot among the segments of a model, oldest first."""
    return [place_customers(rows, instant, model, recent_days) for instant, rows in snapshots]


def rehearse(past: Iterable[Placed], reign: Reign) -> list[pd.DataFrame]:
    """Return the stays at each snapshot, oldest first."""
    state, told = no_state(), []
    for placed in past:
        stays = stay_or_move(placed, reign, state)
        state = state_after(state, stays)
        told.append(stays)
    return told


def month_pairs(told: list[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """Yield each two months that follow each other as the customers who are there in both.

    Columns of the earlier month, and ``next_segment_id`` and ``next_nearest_segment_id``. A month
    without a snapshot breaks two pairs.
    """
    where = ["segment_id", "nearest_segment_id"]
    for earlier, later in pairwise(told):
        if earlier.empty or later.empty:
            continue
        if later["snapshot_at"].iloc[0] - earlier["snapshot_at"].iloc[0] > MONTH:
            continue
        ahead = later.set_index("customer_id")[where].add_prefix("next_")
        yield earlier.join(ahead, on="customer_id", how="inner")
