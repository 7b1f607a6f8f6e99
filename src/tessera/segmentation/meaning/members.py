"""A typical and an atypical member of each segment, told by its drivers; no person is published.

Whoever reads the exact spend of the one customer in the middle finds her row, and her id, in
``customer_features``. So a member is told as five of them: of each value the lowest and the highest
are dropped, the mean of the other three is taken and rounded to two figures. What is told is no
one's row, and where fewer than five have a value, none is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera import frames
from tessera.features import numeric_features, say
from tessera.segmentation.meaning.schemas import SEGMENT_MEMBER_VALUES_SCHEMA
from tessera.segmentation.model import read_model, registry_rows
from tessera.segmentation.sampling import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tessera.runs import Run

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]

TOGETHER = 5
"""Customers told as one. Five is what statistical offices ask of a cell, at the least."""

FIGURES = 2
"""Significant figures of a value that is told."""


def tell_members(
    driver_scores: pd.DataFrame,
    assignments: pd.DataFrame,
    customers: pd.DataFrame,
    champions: pd.DataFrame,
    run: Run,
) -> pd.DataFrame:
    """Tell a typical and an atypical member of each segment.

    Parameters
    ----------
    driver_scores
        ``segment_driver_scores``: which features tell a segment apart.
    assignments
        A row per customer with ``segment_id`` and ``membership_score``.
    customers
        A row per customer at the newest snapshot, with all features.
    champions
        The champion's row of ``segment_models``, or no row.
    run
        The build.

    Returns
    -------
    DataFrame
        Columns of ``SEGMENT_MEMBER_VALUES_SCHEMA``. Typical are the :data:`TOGETHER` nearest to
        the median of the members in the champion's space (the medoid and its neighbours), atypical
        those of the lowest membership score. A segment of fewer than twice as many has no row.
    """
    if champions.empty or driver_scores.empty:
        return frames.empty(SEGMENT_MEMBER_VALUES_SCHEMA)
    wanted = ["customer_id", "segment_id", "membership_score"]
    joined = in_order(customers.merge(assignments[wanted], on="customer_id"))
    points = read_model(registry_rows(champions)[0]).scaling.points(joined)
    told = [
        rows.assign(segment_id=segment_id)
        for segment_id, drivers in driver_scores.groupby("segment_id", sort=True)
        for rows in _of_segment(joined, points, str(segment_id), list(drivers["feature_name"]))
    ]
    if not told:
        return frames.empty(SEGMENT_MEMBER_VALUES_SCHEMA)
    rows = pd.concat(told, ignore_index=True).assign(run_id=run.run_id)
    return rows[list(SEGMENT_MEMBER_VALUES_SCHEMA.names)]


def _of_segment(
    customers: pd.DataFrame, points: Floats, segment_id: str, features: list[str]
) -> Iterator[pd.DataFrame]:
    """Yield the rows of each kind of member; none where there are too few members."""
    members = np.flatnonzero((customers["segment_id"] == segment_id).to_numpy())
    if len(members) < 2 * TOGETHER:
        return
    values = numeric_features(customers, features)
    scores = customers["membership_score"].to_numpy()[members]
    for kind, five in _chosen(points[members], scores):
        yield _values(values, members, members[five]).assign(kind=kind)


def _chosen(points: Floats, scores: Floats) -> Iterator[tuple[str, Places]]:
    """Yield the kind, and the places among the members of those who stand for it."""
    away = np.sqrt(((points - np.median(points, axis=0)) ** 2).sum(axis=1))
    nearest = np.argsort(away, kind="stable")[:TOGETHER]
    others = np.setdiff1d(np.arange(len(points)), nearest)
    # without scores, or with one for all, nobody is less of a member than another
    if np.isfinite(scores[others]).all() and np.ptp(scores[others]) > 0:
        yield "atypical", others[np.argsort(scores[others], kind="stable")[:TOGETHER]]
    yield "typical", nearest


def _values(values: pd.DataFrame, members: Places, five: Places) -> pd.DataFrame:
    table = values.to_numpy()
    told = [blurred(column[five]) for column in table.T]
    names = list(values.columns)
    return pd.DataFrame(
        {
            "rank": range(1, len(names) + 1),
            "feature_name": names,
            "description": [
                say(name, None if np.isnan(value) else value)
                for name, value in zip(names, told, strict=True)
            ],
            "value": told,
            "segment_median": values.iloc[members].median().to_numpy(),
            "population_median": values.median().to_numpy(),
        }
    )


def blurred(values: Floats) -> float:
    """Return the rounded mean without the lowest and the highest; NaN when one is not known.

    >>> blurred(np.array([101.0, 250.0, 187.0, 9000.0, 3.0]))
    180.0
    """
    if np.isnan(values).any():
        return float("nan")
    middle = np.sort(values)[1:-1].mean()
    return float(f"{middle:.{FIGURES}g}")
