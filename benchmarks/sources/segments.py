"""What a variant's segments are worth: later spend and churn, agreement with personas, stability.

The recipe is that of every build, k-means with as many segments in all variants, on those of the
seed's features that the variant has. Fitted on its own customers; judged on persons.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from benchmarks.sources.persons import ACTIVE_DAYS, done_after, known_before
from tessera.segmentation.algorithms import Spec, fit_spec
from tessera.segmentation.features import available_features, read_features
from tessera.segmentation.outcomes import explained_shares, past_origins, refit_at
from tessera.segmentation.rivals import rfm_clusters
from tessera.segmentation.scaling import fit_scaling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from benchmarks.sources.built_variant import Built
    from benchmarks.sources.draws import Draws
    from tessera.segmentation.features import SegmentFeature

    Floats = NDArray[np.float64]
    Labels = NDArray[np.int64]

FEATURES = Path("seeds/segment_features.csv")
SEGMENTS = 7
"""As many as the shop's own rules make."""
SPEC = Spec("kmeans", SEGMENTS)
HORIZON_DAYS = 90
REFITS = 20
"""Draws of persons that segments are fitted on again."""
TESSERA, RFM = "segments", "rfm_kmeans"
SPEND, CHURN, PERSONAS, STABILITY = "spend_90d", "churn_90d", "personas", "stability"


@dataclass(frozen=True)
class Placed:
    """Which group each person is in at an instant, by the order of the persons known then."""

    at: pd.Timestamp
    labels: Labels


def measure_segments(
    built: Built, purchases: pd.DataFrame, personas: pd.Series, draws: Draws, seed: int
) -> Iterator[tuple[str, Floats]]:
    """Yield by measure and segmentation the figure in each draw.

    Parameters
    ----------
    built
        The variant.
    purchases
        Of persons, with the variant's customers.
    personas
        By person, on the day of the newest snapshot.
    draws
        Of persons.
    seed
        Of the fits.
    """
    declared = read_features(pd.read_csv(FEATURES, dtype=str))
    features = available_features(built.scoring_set, declared)
    origins = past_origins(built.training_set)
    told = refit_at(origins, features, [SPEC], seed)[SPEC]
    rival = [rfm_clusters(each.before, each.customers, SEGMENTS, seed) for each in origins]
    for name, labels in ((TESSERA, told), (RFM, rival)):
        placed = [
            placed_persons(purchases, origin.customers, found)
            for origin, found in zip(origins, labels, strict=True)
            if found is not None
        ]
        yield from _explained(name, placed, purchases, draws)
    yield from _today(built.scoring_set, features, purchases, personas, draws, seed)


def placed_persons(purchases: pd.DataFrame, customers: pd.DataFrame, labels: Labels) -> Placed:
    """Place persons by who stands for them; who is nobody there forms a group of their own."""
    at = pd.Timestamp(customers["snapshot_at"].iloc[0])
    known = known_before(purchases, at)
    places = pd.Series(labels, index=customers["customer_id"].to_numpy(dtype=object))
    found = places.reindex(known.customer_ids).fillna(SEGMENTS)
    return Placed(at, found.to_numpy(dtype=np.int64))


def _explained(
    name: str, placed: list[Placed], purchases: pd.DataFrame, draws: Draws
) -> Iterator[tuple[str, Floats]]:
    shares: dict[str, list[Floats]] = {SPEND: [], CHURN: []}
    for each in placed:
        known = known_before(purchases, each.at)
        later = done_after(purchases, known, each.at, HORIZON_DAYS)
        weights = draws.weights_of(known.persons)
        is_active = known.days_since_last <= ACTIVE_DAYS
        stayed_away = np.where(is_active, later.orders == 0, np.nan)
        spend = np.log1p(np.maximum(later.amount, 0.0))
        shares[SPEND].append(explained_shares(spend, each.labels, weights))
        shares[CHURN].append(explained_shares(stayed_away, each.labels, weights))
    for outcome, found in shares.items():
        yield f"{outcome} {name}", np.mean(found, axis=0)


def _today(
    customers: pd.DataFrame,
    features: tuple[SegmentFeature, ...],
    purchases: pd.DataFrame,
    personas: pd.Series,
    draws: Draws,
    seed: int,
) -> Iterator[tuple[str, Floats]]:
    """Yield what holds at the newest snapshot: agreement with the personas, and stability."""
    points = fit_scaling(customers, features).points(customers)
    told = fit_spec(points, SPEC, seed).nearest(points)
    known = known_before(purchases, pd.Timestamp(customers["snapshot_at"].iloc[0]))
    for name, labels in (
        (TESSERA, told),
        (RFM, rfm_clusters(customers, customers, SEGMENTS, seed)),
    ):
        if labels is not None:
            persons = placed_persons(purchases, customers, labels).labels
            yield f"{PERSONAS} {name}", agreement_drawn(persons, known.persons, personas, draws)
    rows = pd.Index(customers["customer_id"]).get_indexer(known.customer_ids)
    stable = stability_drawn(points[rows[rows >= 0]], draws.rows_of(known.persons[rows >= 0]), seed)
    yield f"{STABILITY} {TESSERA}", stable


def agreement_drawn(labels: Labels, persons: Labels, personas: pd.Series, draws: Draws) -> Floats:
    """Return the adjusted mutual information (Vinh, Epps and Bailey 2010) in each draw."""
    truth = personas.reindex(persons).fillna("nobody")
    codes = pd.factorize(truth, sort=True)[0]
    drawn = np.array(
        [adjusted_mutual_info_score(codes[rows], labels[rows]) for rows in draws.rows_of(persons)]
    )
    # who is drawn twice agrees with herself: without that, draws lie around the figure
    drawn[1:] += drawn[0] - drawn[1:].mean()
    return drawn


def stability_drawn(points: Floats, drawn: list[Labels], seed: int) -> Floats:
    """Return how well segments of persons drawn again agree with those of all persons.

    The mean adjusted Rand index over :data:`REFITS` draws, then the same of refits drawn again: as
    many figures as there are draws, so that it is compared like the others.
    """
    labels = fit_spec(points, SPEC, seed).nearest(points)
    agreed = np.array(
        [
            adjusted_rand_score(labels, fit_spec(points[rows], SPEC, seed).nearest(points))
            for rows in drawn[1 : REFITS + 1]
        ]
    )
    again = np.random.default_rng(seed).integers(0, len(agreed), (len(drawn) - 1, len(agreed)))
    return np.concatenate([[agreed.mean()], agreed[again].mean(axis=1)])
