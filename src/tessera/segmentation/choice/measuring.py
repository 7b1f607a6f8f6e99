"""Measuring candidates of one fit together: what is costly is shared by all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tessera.segmentation.choice.sizes import Sizes
from tessera.segmentation.measures import Measure
from tessera.segmentation.outcomes import Future, past_origins, refit_at
from tessera.segmentation.qualities import (
    measure_readability,
    measure_silhouette,
    measure_stability,
)
from tessera.segmentation.restlessness import CHANGES, measure_monthly_change
from tessera.segmentation.sampling import EVALUATION_CUSTOMERS, choose_customers

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from tessera.segmentation.algorithms import Spec
    from tessera.segmentation.evidence import Evidence
    from tessera.segmentation.model import SegmentModel

CHUNK_ROWS = 200_000
"""Customers counted at a time."""


def measure_models(
    models: Sequence[SegmentModel], evidence: Evidence, seed: int
) -> dict[Spec, list[Measure]]:
    """Measure models of one fit: they differ in their prototypes alone.

    Parameters
    ----------
    models
        At least one; of one scaling, each of another spec.
    evidence
        What they are measured on.
    seed
        Of draws and refits.
    """
    scaling, features = models[0].scaling, models[0].features
    fitted = {model.spec: model.prototypes for model in models}
    customers = choose_customers(evidence.customers, EVALUATION_CUSTOMERS)
    points = scaling.points(customers)
    stability = measure_stability(points, fitted, seed)
    apart = measure_silhouette(points, fitted, seed)
    recent = _recent(evidence.past)
    change = measure_monthly_change(recent, scaling.points(recent), fitted)
    origins = past_origins(evidence.past)
    future = Future(origins, seed)
    labels = refit_at(origins, features, list(fitted), seed)
    sizes = _sizes(models, evidence.customers)
    told = scaling.readable(customers).to_numpy()
    measured = {}
    for spec, prototypes in fitted.items():
        found = prototypes.nearest(points)
        measured[spec] = [
            stability[spec],
            apart[spec],
            measure_readability(customers, told, found, seed),
            *future.explained(labels[spec], prototypes.segments),
            change[spec],
            *sizes[spec].measures(),
            Measure("noise_share", prototypes.noise_share, len(points)),
        ]
    return measured


def _recent(past: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the snapshots that restlessness is measured between."""
    dates = np.sort(past["snapshot_at"].unique())[-(CHANGES + 1) :]
    recent: pd.DataFrame = past[past["snapshot_at"].isin(dates)].reset_index(drop=True)
    return recent


def _sizes(models: Sequence[SegmentModel], customers: pd.DataFrame) -> dict[Spec, Sizes]:
    labels: dict[Spec, list[NDArray[np.int64]]] = {model.spec: [] for model in models}
    for start in range(0, len(customers), CHUNK_ROWS):
        points = models[0].scaling.points(customers.iloc[start : start + CHUNK_ROWS])
        for model in models:
            labels[model.spec].append(model.prototypes.nearest(points))
    return {
        model.spec: Sizes.of(customers, np.concatenate(labels[model.spec]), model.segments)
        for model in models
    }
