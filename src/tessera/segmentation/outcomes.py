"""What segments say about the future, measured out of time, and how restless they are.

The past stands in for the future: at each of the last snapshots whose next 90 days are over, the
recipe is fitted as it would have been on the snapshot *before*, and what the customers did later is
looked up only then.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from tessera.features import numeric_features
from tessera.hashing import hashed_shares
from tessera.segmentation.algorithms import fit_specs
from tessera.segmentation.measures import UNKNOWN, Measure, interval, mean_known
from tessera.segmentation.rivals import RIVALS
from tessera.segmentation.scaling import fit_scaling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from tessera.segmentation.algorithms import Spec
    from tessera.segmentation.features import SegmentFeature

    Floats = NDArray[np.float64]
    Labels = NDArray[np.int64]

OUTCOME = "outcome_amount_90d"
ORDERS_OUTCOME = "outcome_orders_90d"
OUTCOMES = (OUTCOME, ORDERS_OUTCOME)
RECENCY = "orders_days_since_last"

METRICS = ("explained_amount_90d", "explained_churn_90d")
"""What is measured of the future."""

ACTIVE_DAYS = 90
"""Who ordered within so many days can leave: the days of the target churn_90d."""

ORIGINS = 3
"""Past instants that a figure is the mean of; fewer and one holiday season decides it."""

ORIGIN_CUSTOMERS_AT_LEAST = 30
"""Closed outcomes below which an origin says nothing: eight groups of less than four people."""

DRAWS = 200
"""Bootstrap draws of people for the interval of an explained share."""


@dataclass(frozen=True)
class Origin:
    """A past instant: who was there, what they did in the next 90 days, and the month before.

    Attributes
    ----------
    before
        The snapshot just before: rows the recipe is fitted on.
    customers
        The snapshot itself: rows whose outcome is known.
    outcomes
        Per metric a value per row of ``customers``, NaN for whom it does not concern:
        log(1 + spend), and whether an active customer ordered nothing.
    """

    before: pd.DataFrame
    customers: pd.DataFrame
    outcomes: Mapping[str, Floats]


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
            before = snapshots[earlier].reset_index(drop=True)
            origins.append(Origin(before, closed, _outcomes(closed)))
    return origins[-ORIGINS:]


def refit_at(
    origins: Sequence[Origin],
    features: Sequence[SegmentFeature],
    specs: Sequence[Spec],
    seed: int,
) -> dict[Spec, list[Labels]]:
    """Return the segments at each origin as the recipe would have given them the month before."""
    labels: dict[Spec, list[Labels]] = {spec: [] for spec in specs}
    for origin in origins:
        scaling = fit_scaling(origin.before, features)
        points = scaling.points(origin.customers)
        for spec, found in fit_specs(scaling.points(origin.before), specs, seed):
            labels[spec].append(found.nearest(points))
    return labels


class Future:
    """What happened after past origins, and how well groups of customers told it.

    Bootstrap draws and what the rivals explain are the same for every candidate: made once.
    """

    def __init__(self, origins: Sequence[Origin], seed: int) -> None:
        self.origins = origins
        self.weights = _bootstrap_weights(origins, seed)
        self._rivals: dict[tuple[str, int], tuple[str | None, float]] = {}

    def explained(self, labels: Sequence[Labels], segments: int) -> list[Measure]:
        """Measure the share of the variance of later spend, and of churn, that segments explain.

        Eta squared (between-group / total sum of squares), the mean over the origins. The baseline
        is the better of :data:`~tessera.segmentation.rivals.RIVALS`, cut into as many groups, also
        where it explains more than the segments do. The interval is a bootstrap of people (a person
        weighs alike at every origin). One segment explains nothing.
        """
        return [self._explained(metric, labels, segments) for metric in METRICS]

    def _explained(self, metric: str, labels: Sequence[Labels], segments: int) -> Measure:
        asked = [origin.outcomes[metric] for origin in self.origins]
        rows = sum(int((~np.isnan(outcomes)).sum()) for outcomes in asked)
        if not rows:
            return Measure(metric, UNKNOWN, 0)
        each = [explained_share(y, groups) for y, groups in zip(asked, labels, strict=True)]
        drawn = [
            explained_shares(y, groups, weights)
            for y, groups, weights in zip(asked, labels, self.weights, strict=True)
        ]
        low, high = interval(np.array([mean_known(draw) for draw in np.array(drawn).T]))
        best, explained = self._best_rival(metric, segments)
        return Measure(metric, mean_known(np.array(each)), rows, low, high, best, explained)

    def _best_rival(self, metric: str, groups: int) -> tuple[str | None, float]:
        """Return the rival that explains most, and how much; None when none is there."""
        key = (metric, groups)
        if key not in self._rivals:
            shares = {name: self._rival_share(name, metric, groups) for name in RIVALS}
            known = {name: share for name, share in shares.items() if not np.isnan(share)}
            best = max(known, key=known.__getitem__) if known else None
            self._rivals[key] = (best, known[best] if best else UNKNOWN)
        return self._rivals[key]

    def _rival_share(self, name: str, metric: str, groups: int) -> float:
        found = [RIVALS[name](origin.customers, groups) for origin in self.origins]
        shares = [
            UNKNOWN if labels is None else explained_share(origin.outcomes[metric], labels)
            for origin, labels in zip(self.origins, found, strict=True)
        ]
        return mean_known(np.array(shares))


def explained_share(outcomes: Floats, labels: Labels) -> float:
    """Return eta squared: between-group over total sum of squares; NaN when nothing varies.

    >>> explained_share(np.array([0.0, 0.0, 4.0, 4.0]), np.array([0, 0, 1, 1]))
    1.0
    """
    return float(explained_shares(outcomes, labels, np.ones((1, len(outcomes))))[0])


def explained_shares(outcomes: Floats, labels: Labels, weights: Floats) -> Floats:
    """Return eta squared in each draw of ``weights``, shape (draws, rows); NaN is left out."""
    known = ~np.isnan(outcomes)
    weights = weights[:, known]
    # Around the mean, so that nothing is lost when squares are subtracted.
    y = outcomes[known] - outcomes[known].mean() if known.any() else outcomes[known]
    members = np.eye(int(labels.max()) + 1)[labels[known]]
    whole = weights.sum(axis=1)
    mean = weights @ y / np.where(whole > 0, whole, 1.0)
    total = weights @ y**2 - whole * mean**2
    counts = weights @ members
    sums = (weights * y) @ members
    squares = np.divide(sums**2, counts, out=np.zeros_like(sums), where=counts > 0)
    between = squares.sum(axis=1) - whole * mean**2
    # Rounding can lift the quotient a last bit above 1, and leave a last bit where nothing varies.
    varies = total > np.finfo(np.float64).eps * (weights @ y**2)
    shares: Floats = np.divide(between, total, out=np.full(len(total), UNKNOWN), where=varies)
    bounded: Floats = np.clip(shares, 0.0, 1.0)
    return bounded


def _outcomes(closed: pd.DataFrame) -> dict[str, Floats]:
    # Returns can exceed purchases; a loss explains nothing more than no purchase.
    spend = np.maximum(closed[OUTCOME].to_numpy(dtype=np.float64), 0.0)
    left = spend <= 0.0
    if ORDERS_OUTCOME in closed.columns:
        left = closed[ORDERS_OUTCOME].to_numpy(dtype=np.float64) <= 0.0
    active = np.ones(len(closed), dtype=np.bool_)
    if RECENCY in closed.columns:
        recency = numeric_features(closed, (RECENCY,))[RECENCY].to_numpy()
        active = recency <= ACTIVE_DAYS
    return {
        "explained_amount_90d": np.log1p(spend),
        "explained_churn_90d": np.where(active, left.astype(np.float64), UNKNOWN),
    }


def _bootstrap_weights(origins: Sequence[Origin], seed: int) -> list[Floats]:
    """Return Poisson(1) weights per origin, shape (draws, rows); a person has one everywhere."""
    shares = [hashed_shares(o.customers["customer_id"], "segment bootstrap") for o in origins]
    people = np.unique(np.concatenate(shares)) if shares else np.empty(0)
    drawn = np.random.default_rng(seed).poisson(1.0, (DRAWS, len(people))).astype(np.float64)
    return [drawn[:, np.searchsorted(people, share)] for share in shares]
