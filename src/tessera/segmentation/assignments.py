"""Which segment each customer falls into, and how clearly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tessera.segmentation.model import SegmentModel, read_model
from tessera.segmentation.sampling import in_order
from tessera.segmentation.schemas import SEGMENT_ASSIGNMENTS_SCHEMA, empty_frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from tessera.runs import Run

    Floats = NDArray[np.float64]

CHUNK_ROWS = 200_000
"""Rows placed at a time: eight features and eight distances of these take 40 MB."""

BETWEEN = 0.1
"""A membership score below this is between two segments: the next centre is at most 11 % farther.
For five segments of Complete Journey's households this holds for one in seven."""


def assign_segments(
    features: pd.DataFrame, model_row: pd.Series[Any] | Mapping[str, Any], run: Run
) -> pd.DataFrame:
    """Assign each customer and snapshot to the segment with the nearest centre.

    Parameters
    ----------
    features
        A row per customer and snapshot (any snapshot), with the model's features. NULL is read as
        the median of the fit.
    model_row
        The row of ``segment_models`` to assign by.
    run
        The build; ``scored_at`` is when it started.

    Returns
    -------
    DataFrame
        Columns of ``SEGMENT_ASSIGNMENTS_SCHEMA``, ordered by customer and snapshot.
        ``membership_score`` is 1 - (distance to the nearest centre / distance to the second
        nearest): 1 on a centre, 0 half way between two. It is *not* a probability and not
        calibrated; it orders customers by how clear their case is.

    Raises
    ------
    FeatureError
        A feature of the model is missing or not a number.
    """
    model = read_model(model_row)
    ordered = in_order(features)
    chunks = [
        _assigned(ordered.iloc[start : start + CHUNK_ROWS], model)
        for start in range(0, len(ordered), CHUNK_ROWS)
    ]
    if not chunks:
        return empty_frame(SEGMENT_ASSIGNMENTS_SCHEMA)
    placed = pd.concat(chunks, ignore_index=True)
    placed["model_id"] = model_row["model_id"]
    placed["run_id"] = run.run_id
    placed["scored_at"] = run.run_started_at
    return placed[list(SEGMENT_ASSIGNMENTS_SCHEMA.names)]


def membership_scores(apart: Floats) -> Floats:
    """Return 1 - nearest / second nearest per row of distances; 1 where there is no second.

    >>> membership_scores(np.array([[0.0, 4.0], [3.0, 4.0], [2.0, 2.0]])).tolist()
    [1.0, 0.25, 0.0]
    """
    if apart.shape[1] == 1:
        return np.ones(len(apart))
    first, second = np.partition(apart, 1, axis=1)[:, :2].T
    scores: Floats = 1.0 - np.divide(first, second, out=np.ones_like(first), where=second > 0)
    return scores


def _assigned(rows: pd.DataFrame, model: SegmentModel) -> pd.DataFrame:
    apart = model.distances(rows)
    nearest = apart.argmin(axis=1)
    scores = membership_scores(apart)
    return pd.DataFrame(
        {
            "customer_id": rows["customer_id"].to_numpy(),
            "snapshot_at": rows["snapshot_at"].to_numpy(),
            "segment_id": np.array(model.segment_ids, dtype=object)[nearest],
            "segment_name": np.array(model.segment_names, dtype=object)[nearest],
            "membership_score": scores,
            "is_between_segments": scores < BETWEEN if model.segments > 1 else False,
        }
    )
