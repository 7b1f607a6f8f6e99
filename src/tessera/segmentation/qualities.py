"""What a segmentation is like today: stable, apart, large enough, told in words, fine enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.metrics import adjusted_rand_score, silhouette_score
from sklearn.tree import DecisionTreeClassifier
from threadpoolctl import threadpool_limits

from tessera.segmentation.measures import UNKNOWN, Measure, interval
from tessera.segmentation.model import fit_centroids, nearest
from tessera.segmentation.sampling import is_left_out

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from tessera.segmentation.model import SegmentModel

    Floats = NDArray[np.float64]
    Labels = NDArray[np.int64]

BOOTSTRAP_FITS = 20
"""Refits for stability. Its standard error is then about .02 (single refits spread by .1)."""

SILHOUETTE_CUSTOMERS = 10_000
"""Every pair is looked at: 10,000 rows take 1.5 s, 20,000 take 9 s and 1.3 GB."""

TREE_DEPTH = 4
"""Conditions on the way to a leaf: what a person keeps in mind while reading one rule."""

LEAF_CUSTOMERS = 5
"""Customers a leaf needs, so that a rule is not about one person."""

DETAIL_BITS = 3.0
"""Eight equal segments carry three bits: the most that :data:`candidates.SEGMENTS` can say."""


def measure_stability(points: Floats, centroids: Floats, seed: int) -> Measure:
    """Measure whether other customers of the same shop would have given the same segments.

    The mean adjusted Rand index (Hubert and Arabie 1985; 1 same, 0 chance) between the model's
    labels and those of refits on bootstrap samples, over all points; the interval is the spread of
    single refits (Hennig 2007 for the method).
    """
    labels = nearest(points, centroids)
    random = np.random.default_rng(seed)
    draws = []
    for fit in range(BOOTSTRAP_FITS if len(centroids) > 1 else 0):
        drawn = points[random.integers(0, len(points), len(points))]
        refitted = fit_centroids(drawn, len(centroids), seed + fit)
        draws.append(adjusted_rand_score(labels, nearest(points, refitted)))
    agreement = np.array(draws or [1.0])
    low, high = interval(agreement)
    return Measure("stability", float(agreement.mean()), len(points), low, high, "chance", 0.0)


def measure_silhouette(points: Floats, centroids: Floats, seed: int) -> Measure:
    """Measure how far apart the segments lie, beside the same on columns shuffled independently.

    Shuffling keeps every feature's distribution and destroys what they have to do with each other:
    k-means finds "segments" there as well, and their silhouette is what no structure gives.
    """
    random = np.random.default_rng(seed)
    if len(points) > SILHOUETTE_CUSTOMERS:
        points = points[random.choice(len(points), SILHOUETTE_CUSTOMERS, replace=False)]
    shuffled = np.column_stack([random.permutation(column) for column in points.T])
    value = _silhouette(points, centroids)
    baseline = UNKNOWN
    if len(centroids) > 1:
        baseline = _silhouette(shuffled, fit_centroids(shuffled, len(centroids), seed))
    return Measure(
        "silhouette",
        value,
        len(points),
        baseline_name="shuffled_columns",
        baseline_value=baseline,
    )


def measure_readability(customers: pd.DataFrame, model: SegmentModel, seed: int) -> Measure:
    """Measure how often a small decision tree on features in their own units gives the segment.

    The tree is fitted on 70 % of the customers and measured on the others; the rival calls
    everybody by the largest segment.
    """
    raw = model.scaling.filled(customers)
    labels = nearest(model.scaling.points(customers), model.centroids)
    left_out = is_left_out(customers["customer_id"])
    if not left_out.any() or left_out.all():
        return Measure("readability", UNKNOWN, 0, baseline_name="largest_segment")
    tree = DecisionTreeClassifier(
        max_depth=TREE_DEPTH, min_samples_leaf=LEAF_CUSTOMERS, random_state=seed
    ).fit(raw[~left_out], labels[~left_out])
    told = tree.predict(raw[left_out]) == labels[left_out]
    largest = np.bincount(labels[~left_out]).argmax()
    return Measure(
        "readability",
        float(told.mean()),
        int(left_out.sum()),
        baseline_name="largest_segment",
        baseline_value=float((labels[left_out] == largest).mean()),
    )


def measure_sizes(sizes: Labels) -> list[Measure]:
    """Measure the smallest segment, and how much a label says (entropy in units of 3 bits)."""
    customers = int(sizes.sum())
    shares = sizes / customers
    smallest = float(sizes.min())
    present = shares[shares > 0]
    detail = float(-(present * np.log2(present)).sum()) / DETAIL_BITS
    return [
        Measure("smallest_share", smallest / customers, customers),
        Measure("smallest_segment_customers", smallest, customers),
        Measure("detail", detail + 0.0, customers),
    ]


def _silhouette(points: Floats, centroids: Floats) -> float:
    labels = nearest(points, centroids)
    found = len(np.unique(labels))
    if not 1 < found < len(points):
        return UNKNOWN
    with threadpool_limits(limits=1):
        return float(silhouette_score(points, labels))
