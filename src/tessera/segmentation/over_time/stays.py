"""Who stays and who moves from one snapshot to the next, under the reign of that day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera.segmentation.over_time.damping import clearness, least_clearness
from tessera.segmentation.over_time.geometry import distances_of, features_of
from tessera.segmentation.over_time.recent import recent_twin

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.segmentation.over_time.reigns import Reign

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

STATE = ("segment_id", "previous_segment_id", "entered_at")
"""What is known of a customer from the snapshot before; indexed by ``customer_id``."""


def no_state() -> pd.DataFrame:
    """Return the state before anybody was seen."""
    index = pd.Index([], dtype=object, name="customer_id")
    state = pd.DataFrame(index=index, columns=list(STATE), dtype=object)
    return state.astype({"entered_at": "datetime64[us]"})


def state_after(state: pd.DataFrame, stays: pd.DataFrame) -> pd.DataFrame:
    """Return what is known after a snapshot; who was not there keeps what was known."""
    seen = by_customer(stays)
    unseen = state[seen.index.get_indexer(state.index) < 0]
    return pd.concat([unseen, seen]) if len(unseen) else seen


def by_customer(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the state that rows tell, one per customer.

    Names are looked up as objects: as Arrow strings that takes ten times as long.
    """
    index = pd.Index(rows["customer_id"].to_numpy(dtype=object), dtype=object, name="customer_id")
    return rows[list(STATE)].set_axis(index, axis=0)


def stay_or_move(
    customers: pd.DataFrame, snapshot_at: pd.Timestamp, reign: Reign, state: pd.DataFrame
) -> pd.DataFrame:
    """Place the customers of one snapshot, given where they were at the one before.

    Who was in no segment, or in one that the reign does not have, goes where she is nearest.
    Everybody else stays until :class:`~tessera.segmentation.over_time.damping.Damping` lets her go.

    Parameters
    ----------
    customers
        A row per customer at the snapshot, with the columns of the model, and those of the recent
        window where the shop has them.
    snapshot_at
        The instant.
    reign
        The model in force, its segments' ids, and its damping.
    state
        A row per customer seen before, columns :data:`STATE`.

    Returns
    -------
    DataFrame
        A row per customer in the order given: ``customer_id``, ``segment_id``,
        ``nearest_segment_id`` (undamped), ``previous_segment_id`` (None for who never moved),
        ``entered_at``, and how clearly she and her recent twin belong to the segment
        (``clearness``, ``recent_clearness``; below 0 when another one is nearer).
    """
    apart, recent = _apart(customers, reign)
    nearest: Places = apart.argmin(axis=1)
    customer_ids = customers["customer_id"].to_numpy(dtype=object)
    before = state.reindex(pd.Index(customer_ids, dtype=object))
    was = reign.places_of(before["segment_id"])
    own = np.where(was < 0, nearest, was)
    moves = (own != nearest) & reign.damping.moves(
        clearness(apart, nearest, own, reign.typical),
        clearness(recent, nearest, own, reign.typical),
    )
    place = np.where(moves, nearest, own)
    ids = np.array(reign.segment_ids, dtype=object)
    return _told(customer_ids, ids[place], before, snapshot_at).assign(
        nearest_segment_id=ids[nearest],
        clearness=least_clearness(apart, place, reign.typical),
        recent_clearness=least_clearness(recent, place, reign.typical),
    )


def _apart(customers: pd.DataFrame, reign: Reign) -> tuple[Floats, Floats]:
    """Return the distances of the customers and of their recent twins."""
    twin = recent_twin(customers, features_of(reign.model), reign.damping.recent_days)
    return distances_of(reign.model, customers), distances_of(reign.model, twin)


def _told(
    customer_ids: NDArray[np.object_],
    segment_ids: NDArray[np.object_],
    before: pd.DataFrame,
    snapshot_at: pd.Timestamp,
) -> pd.DataFrame:
    """Return where each customer is, where she was before that, and since when."""
    was = before["segment_id"].to_numpy(dtype=object)
    stayed = was == segment_ids
    # who was in no segment has none before this one, and NaN is not None
    previous = before["previous_segment_id"].where(stayed, before["segment_id"])
    entered = before["entered_at"].to_numpy(dtype="datetime64[us]")
    instant = np.datetime64(snapshot_at, "us")
    return pd.DataFrame(
        {
            "customer_id": customer_ids,
            "segment_id": segment_ids,
            "previous_segment_id": previous.astype(object).where(previous.notna(), None).to_numpy(),
            "entered_at": np.where(stayed, entered, instant),
        }
    )
