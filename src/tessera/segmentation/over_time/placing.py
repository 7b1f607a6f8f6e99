"""Where customers and their recent twins lie at a snapshot, before anybody is said to move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tessera.segmentation.over_time.geometry import distances_of, features_of
from tessera.segmentation.over_time.recent import recent_twin

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from tessera.segmentation.model import SegmentModel

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Placed:
    """The customers of one snapshot among the segments of one model.

    Attributes
    ----------
    snapshot_at
        The instant.
    customer_ids
        Who, in the order of the rows given.
    apart, recent
        Distances of the customers and of their recent twins, shape (customers, segments).
    """

    snapshot_at: pd.Timestamp
    customer_ids: NDArray[np.object_]
    apart: Floats
    recent: Floats


def place_customers(
    customers: pd.DataFrame, snapshot_at: pd.Timestamp, model: SegmentModel, recent_days: int
) -> Placed:
    """Measure how far everybody and her recent twin lie from each segment.

    Parameters
    ----------
    customers
        A row per customer at the snapshot, with the columns of the model, and those of the recent
        window where the shop has them.
    snapshot_at
        The instant.
    model
        The model.
    recent_days
        The length of the recent window.
    """
    twins = recent_twin(customers, features_of(model), recent_days)
    return Placed(
        snapshot_at,
        customers["customer_id"].to_numpy(dtype=object),
        distances_of(model, customers),
        distances_of(model, twins),
    )
