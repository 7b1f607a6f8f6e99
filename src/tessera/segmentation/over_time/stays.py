"""Who stays and who moves from one snapshot to the next, under the reign of that day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera.segmentation.over_time.damping import clearness, least_clearness

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.segmentation.over_time.placing import Placed
    from tessera.segmentation.over_time.reigns import Reign

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


def stay_or_move(placed: Placed, reign: Reign, state: pd.DataFrame) -> pd.DataFrame:
    """Say where the customers of one snapshot are, given where they were at the one before.

    Who was in no segment, or in one that the reign does not have, goes where she is nearest.
    Everybody else stays until :class:`~tessera.segmentation.over_time.damping.Damping` lets her go.

    Parameters
    ----------
    placed
        The customers among the segments of the reign's model.
    reign
        The ids of its segments, and its damping.
    state
        A row per customer seen before, columns :data:`STATE`.

    Returns
    -------
    DataFrame
        A row per customer in the order given: ``customer_id``, ``segment_id``,
        ``nearest_segment_id`` (undamped), ``previous_segment_id`` (None for who never moved),
        ``entered_at``, ``snapshot_at``, and how clearly she and her recent twin belong to the
        segment (``clearness``, ``recent_clearness``; below 0 when another one is nearer).
    """
    apart, recent = placed.apart, placed.recent
    nearest: Places = apart.argmin(axis=1)
    before = state.reindex(pd.Index(placed.customer_ids, dtype=object))
    was = reign.places_of(before["segment_id"])
    own = np.where(was < 0, nearest, was)
    moves = (own != nearest) & reign.damping.moves(
        clearness(apart, nearest, own, reign.typical),
        clearness(recent, nearest, own, reign.typical),
    )
    place = np.where(moves, nearest, own)
    ids = np.array(reign.segment_ids, dtype=object)
    return _told(placed, ids[place], before).assign(
        nearest_segment_id=ids[nearest],
        clearness=least_clearness(apart, place, reign.typical),
        recent_clearness=least_clearness(recent, place, reign.typical),
        snapshot_at=placed.snapshot_at,
    )


def _told(placed: Placed, segment_ids: NDArray[np.object_], before: pd.DataFrame) -> pd.DataFrame:
    """Return where each customer is, where she was before that, and since when."""
    was = before["segment_id"].to_numpy(dtype=object)
    stayed = was == segment_ids
    # who was in no segment has none before this one, and NaN is not None
    previous = before["previous_segment_id"].where(stayed, before["segment_id"])
    entered = before["entered_at"].to_numpy(dtype="datetime64[us]")
    instant = np.datetime64(placed.snapshot_at, "us")
    return pd.DataFrame(
        {
            "customer_id": placed.customer_ids,
            "segment_id": segment_ids,
            "previous_segment_id": previous.astype(object).where(previous.notna(), None).to_numpy(),
            "entered_at": np.where(stayed, entered, instant),
        }
    )
