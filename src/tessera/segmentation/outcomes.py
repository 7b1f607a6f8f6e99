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
import pandas as pd

from tessera.features import numeric_features
from tessera.hashing import hashed_shares
from tessera.segmentation.algorithms import fit_specs
from tessera.segmentation.measures import UNKNOWN, Measure, interval, mean_known
from tessera.segmentation.rivals import RIVALS
from tessera.segmentation.scaling import fit_scaling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from tessera.segmentation.algorithms import Prototypes, Spec
    from tessera.segmentation.features import SegmentFeature

    Floats = NDArray[np.float64]
    Labels = NDArray[np.int64]

OUTCOME = "outcome_amount_90d"
ORDERS_OUTCOME = "outcome_orders_90d"
OUTCOMES = (OUTCOME, ORDERS_OUTCOME)
RECENCY = "orders_days_since_last"

ACTIVE_DAYS = 90
"""Who ordered within so many days can leave: the days of the target churn_90d."""

ORIGINS = 3
"""Past instants that a figure is the mean of; fewer and one holiday season decides it."""

ORIGIN_CUSTOMERS_AT_LEAST = 30
"""Closed outcomes below which an origin says nothing: eight groups of less than four people."""

CHANGES = 12
"""Pairs of monthly snapshots that restlessness is the mean of: a year."""

DRAWS = 200
"""Bootstrap draws of people for the interval of an explained share."""

MONTH = pd.Timedelta(days=31)
"""Two month starts that follow each other lie at most this far apart."""


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


def measure_explained(
    origins: Sequence[Origin], labels: Sequence[Labels], segments: int, seed: int
) -> list[Measure]:
    """Measure the share of the variance of later spend and churn that segments explain.

    Eta squared (between-group / total sum of squares), the mean over ``origins``. The baseline is
    the better of :data:`~tessera.segmentation.rivals.RIVALS`, cut into as many groups, also where
    it explains more than the segments do. The interval is a bootstrap of people (a person weighs
    alike at every origin).
    """
    metrics = ("explained_amount_90d", "explained_churn_90d")
    rows = sum(len(origin.customers) for origin in origins)
    if not origins or segments == 1:
        return [Measure(metric, UNKNOWN, rows) for metric in metrics]
    weights = _bootstrap_weights(origins, seed)
    measured = []
    for metric in metrics:
        asked = [origin.outcomes[metric] for origin in origins]
        known = sum(int((~np.isnan(each)).sum()) for each in asked)
        each = [explained_share(y, groups) for y, groups in zip(asked, labels, strict=True)]
        draws = [
            explained_shares(y, groups, drawn)
            for y, groups, drawn in zip(asked, labels, weights, strict=True)
        ]
        low, high = interval(np.array([mean_known(row) for row in np.array(draws).T]))
        best, explained = _best_rival(origins, metric, segments)
        value = mean_known(np.array(each))
        measured.append(Measure(metric, value, known, low, high, best, explained))
    return measured


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


def measure_monthly_change(
    past: pd.DataFrame, points: Floats, fitted: Mapping[Spec, Prototypes]
) -> dict[Spec, Measure]:
    """Measure the share of customers in another segment than the month before, undamped.

    Parameters
    ----------
    past
        A row per customer and month start. ``as_of`` has no place here: it lies anywhere within
        its month, and up to two months after the newest past snapshot.
    points
        A point per row of ``past``.
    fitted
        Frozen: the same geometry at every snapshot.

    Returns
    -------
    dict
        The mean over pairs of month starts that follow each other (a month without a snapshot
        breaks two pairs); low and high are the calmest and the most restless pair.
    """
    rows = pd.DataFrame({"customer_id": past["customer_id"], "row": np.arange(len(past))})
    by_month = {
        instant: month.set_index("customer_id")["row"]
        for instant, month in rows.groupby(past["snapshot_at"], sort=True)
    }
    pairs = [
        pd.concat([by_month[a], by_month[b]], axis=1, join="inner", keys=["earlier", "later"])
        for a, b in list(pairwise(by_month))[-CHANGES:]
        if b - a <= MONTH
    ]
    told = [(pair["earlier"].to_numpy(), pair["later"].to_numpy()) for pair in pairs if len(pair)]
    return {
        spec: _change(prototypes.nearest(points) if told else np.empty(0, np.int64), told)
        for spec, prototypes in fitted.items()
    }


def _change(labels: Labels, pairs: Sequence[tuple[Labels, Labels]]) -> Measure:
    if not pairs:
        return Measure("monthly_change", UNKNOWN, 0)
    shares = [float((labels[earlier] != labels[later]).mean()) for earlier, later in pairs]
    rows = sum(len(earlier) for earlier, _ in pairs)
    return Measure("monthly_change", float(np.mean(shares)), rows, min(shares), max(shares))


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


def _best_rival(origins: Sequence[Origin], metric: str, groups: int) -> tuple[str | None, float]:
    """Return the name of the rival that explains most, and how much; None when none is there."""
    explained = {}
    for name, group in RIVALS.items():
        shares = [
            _rival_share(origin, group(origin.customers, groups), metric) for origin in origins
        ]
        explained[name] = mean_known(np.array(shares))
    known = {name: value for name, value in explained.items() if not np.isnan(value)}
    if not known:
        return None, UNKNOWN
    best = max(known, key=known.__getitem__)
    return best, known[best]


def _rival_share(origin: Origin, labels: Labels | None, metric: str) -> float:
    return UNKNOWN if labels is None else explained_share(origin.outcomes[metric], labels)


def _bootstrap_weights(origins: Sequence[Origin], seed: int) -> list[Floats]:
    """Return Poisson(1) weights per origin, shape (draws, rows); a person has one everywhere."""
    shares = [hashed_shares(o.customers["customer_id"], "segment bootstrap") for o in origins]
    people = np.unique(np.concatenate(shares))
    drawn = np.random.default_rng(seed).poisson(1.0, (DRAWS, len(people))).astype(np.float64)
    return [drawn[:, np.searchsorted(people, share)] for share in shares]
