"""What segmentations are like today: stable, apart, large enough, told by a small tree.

Each measure takes all candidates at once, since they share what is costly: the draws, the refits
of one algorithm and the distances between customers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.metrics import adjusted_rand_score
from sklearn.tree import DecisionTreeClassifier

from tessera.segmentation.algorithms import fit_specs, some_points
from tessera.segmentation.measures import UNKNOWN, Measure, interval
from tessera.segmentation.sampling import is_left_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from tessera.segmentation.algorithms import Prototypes, Spec

    Floats = NDArray[np.float64]
    Labels = NDArray[np.int64]

BOOTSTRAP_FITS = 6
"""Refits for stability. Its standard error is then about .04 (single refits spread by .1)."""

SILHOUETTE_CUSTOMERS = 2_500
"""Every pair is looked at: 50 MB. The silhouette of so many is known to about .01."""

TREE_DEPTH = 4
"""Conditions on the way to a leaf: what a person keeps in mind while reading one rule."""

LEAF_CUSTOMERS = 5
"""Customers a leaf needs, so that a rule is not about one person."""


def measure_stability(
    points: Floats, fitted: Mapping[Spec, Prototypes], seed: int
) -> dict[Spec, Measure]:
    """Measure whether other customers of the same shop would have given the same segments.

    The mean adjusted Rand index (Hubert and Arabie 1985; 1 same, 0 chance) between the model's
    labels and those of refits on bootstrap samples, over all points; the interval is the spread of
    single refits (Hennig 2007 for the method).
    """
    labels = {spec: prototypes.nearest(points) for spec, prototypes in fitted.items()}
    several = [spec for spec, prototypes in fitted.items() if prototypes.segments > 1]
    agreement: dict[Spec, list[float]] = {spec: [] for spec in fitted}
    random = np.random.default_rng(seed)
    for fit in range(BOOTSTRAP_FITS):
        drawn = points[random.integers(0, len(points), len(points))]
        for spec, refitted in fit_specs(drawn, several, seed + fit):
            same = adjusted_rand_score(labels[spec], refitted.nearest(points))
            agreement[spec].append(float(same))
    measured = {}
    for spec, draws in agreement.items():
        shares = np.array(draws or [1.0])
        low, high = interval(shares)
        value = float(shares.mean())
        measured[spec] = Measure("stability", value, len(points), low, high, "chance", 0.0)
    return measured


def measure_silhouette(
    points: Floats, fitted: Mapping[Spec, Prototypes], seed: int
) -> dict[Spec, Measure]:
    """Measure how far apart the segments lie, beside the same on columns shuffled independently.

    Shuffling keeps every feature's distribution and destroys what they have to do with each other:
    an algorithm finds "segments" there as well, and their silhouette is what no structure gives.
    """
    looked_at = some_points(points, SILHOUETTE_CUSTOMERS, seed)
    random = np.random.default_rng(seed)
    shuffled = np.column_stack([random.permutation(column) for column in looked_at.T])
    apart, apart_shuffled = pair_distances(looked_at), pair_distances(shuffled)
    several = [spec for spec, prototypes in fitted.items() if prototypes.segments > 1]
    chance = {
        spec: silhouette(apart_shuffled, found.nearest(shuffled))
        for spec, found in fit_specs(shuffled, several, seed)
    }
    return {
        spec: Measure(
            "silhouette",
            silhouette(apart, prototypes.nearest(looked_at)),
            len(looked_at),
            baseline_name="shuffled_columns",
            baseline_value=chance.get(spec, UNKNOWN),
        )
        for spec, prototypes in fitted.items()
    }


def pair_distances(points: Floats) -> Floats:
    """Return the Euclidean distance of every pair of points."""
    squares = (points**2).sum(axis=1)
    apart = squares[:, None] + squares[None, :] - 2.0 * points @ points.T
    np.fill_diagonal(apart, 0.0)
    distances: Floats = np.sqrt(np.maximum(apart, 0.0))
    return distances


def silhouette(apart: Floats, labels: Labels) -> float:
    """Return the mean silhouette (Rousseeuw 1987); NaN for one segment or only lone points.

    >>> near = pair_distances(np.array([[0.0], [1.0], [10.0], [11.0]]))
    >>> round(silhouette(near, np.array([0, 0, 1, 1])), 2)
    0.9
    """
    _, own = np.unique(labels, return_inverse=True)
    members = np.eye(int(own.max()) + 1)[own]
    counts = members.sum(axis=0)
    if not 1 < len(counts) < len(labels):
        return UNKNOWN
    sums = apart @ members
    rows = np.arange(len(labels))
    inside = sums[rows, own] / np.maximum(counts[own] - 1.0, 1.0)
    means = sums / counts
    means[rows, own] = np.inf
    outside = means.min(axis=1)
    larger = np.maximum(inside, outside)
    each = np.divide(outside - inside, larger, out=np.zeros(len(rows)), where=larger > 0)
    return float(np.where(counts[own] > 1, each, 0.0).mean())


def measure_readability(
    customers: pd.DataFrame, told: Floats, labels: Labels, seed: int
) -> Measure:
    """Measure how often a tree of at most four conditions gives the segment.

    Parameters
    ----------
    customers
        A row per customer; whoever is left out of the fit is told by the id.
    told
        What a person could read of each: shape (customers, columns).
    labels
        Their segments.
    seed
        Breaks ties in the tree.

    Returns
    -------
    Measure
        The tree is fitted on 70 % of the customers and measured on the others; the rival calls
        everybody by the largest segment.
    """
    left_out = is_left_out(customers["customer_id"])
    if not left_out.any() or left_out.all():
        return Measure("readability", UNKNOWN, 0, baseline_name="largest_segment")
    tree = DecisionTreeClassifier(
        max_depth=TREE_DEPTH, min_samples_leaf=LEAF_CUSTOMERS, random_state=seed
    ).fit(told[~left_out], labels[~left_out])
    largest = np.bincount(labels[~left_out]).argmax()
    return Measure(
        "readability",
        float((tree.predict(told[left_out]) == labels[left_out]).mean()),
        int(left_out.sum()),
        baseline_name="largest_segment",
        baseline_value=float((labels[left_out] == largest).mean()),
    )
