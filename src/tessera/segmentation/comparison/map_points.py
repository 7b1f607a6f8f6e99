"""A map of the customers: near each other there is alike, and each axis says what it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tessera import frames
from tessera.segmentation.comparison.schemas import SEGMENT_MAP_POINTS_SCHEMA
from tessera.segmentation.meaning.micro_segments import read_driver_words
from tessera.segmentation.model import SegmentModel, read_model
from tessera.segmentation.reading import of_chosen, read_customers
from tessera.segmentation.sampling import in_order
from tessera.segmentation.schemas import empty_frame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from tessera.runs import Run

    Floats = NDArray[np.float64]

MAP_CUSTOMERS = 2_000
"""Points on the map: more hide each other, and a page of them weighs 300 kB."""

NAMED_LOADING = 0.6
"""A feature belongs to an axis' name when its part in it is this share of the largest part."""

NAMED_FEATURES = 2
"""More words than these nobody reads beside an axis."""

ALL_ALIKE = 1e-12
"""A variance that rounding alone makes."""


def read_shown(scoring_set: Any, assignments: Any, segment_features: Any) -> pd.DataFrame:
    """Read who is shown: at most :data:`MAP_CUSTOMERS`, chosen by hash, with their segments.

    Parameters are what ``dbt.ref`` returns of these tables.
    """
    customers = read_customers(of_chosen(scoring_set, MAP_CUSTOMERS), segment_features)
    names = ["segment_id", "segment_name"]
    segments = frames.read(of_chosen(assignments, MAP_CUSTOMERS), ["customer_id"], names)
    return customers.merge(segments, on="customer_id")


def map_customers(
    shown: pd.DataFrame, champions: pd.DataFrame, driver_words: pd.DataFrame, run: Run
) -> pd.DataFrame:
    """Place customers on two axes: the two directions in which they differ most.

    Parameters
    ----------
    shown
        A row per customer at the newest snapshot, with features, ``segment_id`` and
        ``segment_name``.
    champions
        The champion's row of ``segment_models``, or no row.
    driver_words
        The seed: what more and what less of each driver is called.
    run
        The build.

    Returns
    -------
    DataFrame
        Columns of ``SEGMENT_MAP_POINTS_SCHEMA``, a row per customer in order. The axes are the
        first two principal components of the points that the customers are clustered by (Pearson
        1901), so that distances on the map are those of the segments as far as two axes can hold
        them: ``explained_variance`` says how far.
    """
    words = read_driver_words(driver_words)
    if champions.empty or shown.empty:
        return empty_frame(SEGMENT_MAP_POINTS_SCHEMA)
    model = read_model(champions.iloc[0])
    chosen = in_order(shown)
    points = model.scaling.points(chosen)
    axes, explained = principal_axes(points)
    places = np.einsum("rf,af->ra", points - points.mean(axis=0), axes)
    drivers, directions = drivers_of(model)
    return pd.DataFrame(
        {
            **{name: chosen[name] for name in ("customer_id", "segment_id", "segment_name")},
            "x": places[:, 0].round(4),
            "y": places[:, 1].round(4),
            "x_axis": name_axis(axes[0] * directions, drivers, words),
            "y_axis": name_axis(axes[1] * directions, drivers, words),
            "explained_variance": explained,
            "model_id": champions.iloc[0]["model_id"],
            "run_id": run.run_id,
            "scored_at": run.run_started_at,
        }
    )[SEGMENT_MAP_POINTS_SCHEMA.names]


def drivers_of(model: SegmentModel) -> tuple[tuple[str, ...], Floats]:
    """Return what each dimension of the points tells; -1 where a small number is a high place."""
    by_name = {feature.name: feature for feature in model.numeric_features}
    told = [by_name.get(name) for name in model.scaling.dimensions]
    drivers = (each.driver if each else "" for each in told)
    named = zip(drivers, model.scaling.dimensions, strict=True)
    directions = np.array([-1.0 if each and each.is_reversed else 1.0 for each in told])
    return tuple(driver or name.replace("_", " ") for driver, name in named), directions


def principal_axes(points: Floats) -> tuple[Floats, float]:
    """Return two axes, shape (2, features), and the share of variance that they hold.

    Each points to where its largest part is positive, so that no map is turned over from one build
    to the next. Fewer than two features, or customers all alike, give axes of zeros.

    >>> axes, held = principal_axes(np.array([[0.0, 0.0], [2.0, 0.1], [4.0, 0.0]]))
    >>> axes.round(2).tolist(), round(held, 2)
    ([[1.0, 0.0], [0.0, 1.0]], 1.0)
    """
    centred = points - points.mean(axis=0)
    variances, vectors = np.linalg.eigh(np.einsum("ri,rj->ij", centred, centred))
    axes = np.zeros((2, points.shape[1]))
    total = float(variances.sum())
    if total <= ALL_ALIKE * points.size:
        return axes, 0.0
    found = vectors.T[::-1][:2]
    axes[: len(found)] = found
    largest = np.abs(axes).argmax(axis=1)
    signs = np.where(axes[np.arange(2), largest] < 0, -1.0, 1.0)
    return axes * signs[:, None], min(float(variances[::-1][:2].sum()) / total, 1.0)


def name_axis(
    loadings: Floats, drivers: Sequence[str], words: Mapping[str, tuple[str, str]]
) -> str:
    """Name an axis by what weighs most in it, in the direction in which it grows.

    >>> words = {"value": ("higher spend", "lower spend")}
    >>> name_axis(np.array([0.8, 0.1, -0.6]), ("value", "basket", "visits"), words)
    'higher spend, less visits →'
    """
    if not np.any(loadings):
        return "nothing"
    strength = np.abs(loadings)
    strongest = np.argsort(-strength, kind="stable")[:NAMED_FEATURES]
    told = []
    for place in strongest[strength[strongest] >= NAMED_LOADING * strength.max()]:
        driver = drivers[place]
        more, less = words.get(driver, (f"more {driver}", f"less {driver}"))
        told.append(more if loadings[place] > 0 else less)
    return f"{', '.join(told)} →"
