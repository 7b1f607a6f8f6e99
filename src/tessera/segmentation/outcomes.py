"""What segments say about the future, measured out of time, and how restless they are.

The past stands in for the future: at each of the last snapshots whose next 90 days are over, the
recipe is fitted as it would have been on the snapshot *before*, and the customers' later spend is
looked up only then.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera.hashing import hashed_shares
from tessera.segmentation.features import features_named
from tessera.segmentation.measures import UNKNOWN, Measure, interval, mean_known
from tessera.segmentation.model import fit_centroids, nearest
from tessera.segmentation.rivals import RIVALS
from tessera.segmentation.scaling import fit_scaling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tessera.segmentation.model import SegmentModel

    Floats = NDArray[np.float64]
    Labels = NDArray[np.int64]

OUTCOME = "outcome_amount_90d"
ORIGINS = 3
"""Past instants that a figure is the mean of; fewer and one holiday season decides it."""

ORIGIN_CUSTOMERS_AT_LEAST = 30
"""Closed outcomes below which an origin says nothing: eight groups of less than four people."""

CHANGES = 12
"""Pairs of monthly snapshots that restlessness is the mean of: a year."""

DRAWS = 200
"""Bootstrap draws of people for the interval of explained spend."""

MONTH = pd.Timedelta(days=31)
"""Two month starts that follow each other lie at most this far apart."""


@dataclass(frozen=True)
class Origin:
    """A past instant: who was there, what they spent in the next 90 days, and the month before.

    Attributes
    ----------
    before
        The snapshot just before: rows the recipe is fitted on.
    customers
        The snapshot itself: rows whose outcome is known.
    outcomes
        log(1 + spend in the 90 days after), one per row of ``customers``.
    """

    before: pd.DataFrame
    customers: pd.DataFrame
    outcomes: Floats


def past_origins(training_set: pd.DataFrame) -> list[Origin]:
    """Return the newest :data:`ORIGINS` snapshots with closed outcomes and one before them."""
    if OUTCOME not in training_set.columns:
        return []
    snapshots = dict(iter(training_set.groupby("snapshot_at", sort=True)))
    origins = []
    for earlier, instant in pairwise(snapshots):
        rows = snapshots[instant]
        closed = rows[rows[OUTCOME].notna()].reset_index(drop=True)
        if len(closed) >= ORIGIN_CUSTOMERS_AT_LEAST:
            # Returns can exceed purchases; a loss explains nothing more than no purchase.
            spend = np.maximum(closed[OUTCOME].to_numpy(dtype=np.float64), 0.0)
            origins.append(Origin(snapshots[earlier], closed, np.log1p(spend)))
    return origins[-ORIGINS:]


def measure_explained(origins: Sequence[Origin], model: SegmentModel, seed: int) -> Measure:
    """Measure the share of variance of the next 90 days' log spend that segments explain.

    Eta squared (between-group / total sum of squares), the mean over ``origins``. The baseline is
    the better of :data:`~tessera.segmentation.rivals.RIVALS`, cut into as many groups, also where
    it explains more than the segments do: segments pay for names that can be read, and for what
    they say beside spend, with some of the spend explained. The weights of the clustering features
    were compared on origins of the same shop, which flatters the segments, not the rivals. The
    interval is a bootstrap of people (a person weighs alike at every origin).
    """
    segments = len(model.centroids)
    rows = sum(len(origin.customers) for origin in origins)
    if not origins or segments == 1:
        return Measure("explained_amount_90d", UNKNOWN, rows)
    labels = [_labels_at(origin, model, seed) for origin in origins]
    low, high = interval(_draws(origins, labels, seed))
    value = mean_known(np.array(_each_explained(origins, labels)))
    best, explained = _best_rival(origins, segments)
    return Measure("explained_amount_90d", value, rows, low, high, best, explained)


def explained_share(outcomes: Floats, labels: Labels, weights: Floats | None = None) -> float:
    """Return eta squared: between-group over total sum of squares; NaN when nothing varies.

    >>> explained_share(np.array([0.0, 0.0, 4.0, 4.0]), np.array([0, 0, 1, 1]))
    1.0
    """
    weights = np.ones(len(outcomes)) if weights is None else weights
    counts = np.bincount(labels, weights)
    sums = np.bincount(labels, weights * outcomes)
    mean = sums.sum() / counts.sum() if counts.sum() else 0.0
    total = float((weights * (outcomes - mean) ** 2).sum())
    means = np.divide(sums, counts, out=np.full(len(sums), mean), where=counts > 0)
    between = float((counts * (means - mean) ** 2).sum())
    # Rounding can lift the quotient a last bit above 1.
    return min(between / total, 1.0) if total > 0 else UNKNOWN


def measure_monthly_change(past: pd.DataFrame, model: SegmentModel) -> Measure:
    """Measure the share of customers in another segment than the month before, undamped.

    Parameters
    ----------
    past
        A row per customer and month start. ``as_of`` has no place here: it lies anywhere within
        its month, and up to two months after the newest past snapshot.
    model
        Frozen: the same centroids at every snapshot.

    Returns
    -------
    Measure
        The mean over pairs of month starts that follow each other (a month without a snapshot
        breaks two pairs); low and high are the calmest and the most restless pair.
    """
    if past.empty:
        return Measure("monthly_change", UNKNOWN, 0)
    labels = nearest(model.scaling.points(past), model.centroids)
    placed = pd.DataFrame({"customer_id": past["customer_id"], "segment": labels})
    by_month = {
        instant: rows.set_index("customer_id")["segment"]
        for instant, rows in placed.groupby(past["snapshot_at"], sort=True)
    }
    pairs = [
        pd.concat([by_month[a], by_month[b]], axis=1, join="inner", keys=["earlier", "later"])
        for a, b in list(pairwise(by_month))[-CHANGES:]
        if b - a <= MONTH
    ]
    shares = [float((pair["earlier"] != pair["later"]).mean()) for pair in pairs if len(pair)]
    if not shares:
        return Measure("monthly_change", UNKNOWN, 0)
    rows = sum(len(pair) for pair in pairs)
    return Measure("monthly_change", float(np.mean(shares)), rows, min(shares), max(shares))


def _best_rival(origins: Sequence[Origin], groups: int) -> tuple[str | None, float]:
    """Return the name of the rival that explains most, and how much; None when none is there."""
    explained = {}
    for name, group in RIVALS.items():
        labels = [group(origin.customers, groups) for origin in origins]
        explained[name] = mean_known(np.array(_each_explained(origins, labels)))
    known = {name: value for name, value in explained.items() if not np.isnan(value)}
    if not known:
        return None, UNKNOWN
    best = max(known, key=known.__getitem__)
    return best, known[best]


def _labels_at(origin: Origin, model: SegmentModel, seed: int) -> Labels:
    """Return the segments at an origin as the recipe would have given them the month before."""
    scaling = fit_scaling(origin.before, features_named(model.scaling.names))
    centroids = fit_centroids(scaling.points(origin.before), len(model.centroids), seed)
    return nearest(scaling.points(origin.customers), centroids)


def _each_explained(
    origins: Sequence[Origin],
    labels: Sequence[Labels | None],
    weights: Sequence[Floats] | None = None,
) -> list[float]:
    return [
        UNKNOWN
        if groups is None
        else explained_share(origin.outcomes, groups, None if weights is None else weights[place])
        for place, (origin, groups) in enumerate(zip(origins, labels, strict=True))
    ]


def _draws(origins: Sequence[Origin], labels: Sequence[Labels], seed: int) -> Floats:
    """Return the mean explained share in each draw of Poisson(1) weights per person."""
    shares = [hashed_shares(o.customers["customer_id"], "segment bootstrap") for o in origins]
    people = np.unique(np.concatenate(shares))
    places = [np.searchsorted(people, share) for share in shares]
    random = np.random.default_rng(seed)
    draws = []
    for _ in range(DRAWS):
        weights = random.poisson(1.0, len(people)).astype(np.float64)
        drawn = _each_explained(origins, labels, [weights[place] for place in places])
        draws.append(mean_known(np.array(drawn)))
    return np.array(draws)
