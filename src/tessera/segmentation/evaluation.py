"""Evaluations: what each candidate is worth, on scales that a rule can choose by."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tessera.segmentation.measures import UNKNOWN, Measure
from tessera.segmentation.model import SegmentModel, nearest, read_model, registry_rows
from tessera.segmentation.outcomes import measure_explained, measure_monthly_change, past_origins
from tessera.segmentation.qualities import (
    measure_readability,
    measure_silhouette,
    measure_sizes,
    measure_stability,
)
from tessera.segmentation.sampling import choose_customers
from tessera.segmentation.schemas import (
    SEGMENT_EVALUATIONS_ORDER,
    SEGMENT_EVALUATIONS_SCHEMA,
    empty_frame,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tessera.runs import Run

EVALUATION_CUSTOMERS = 20_000
"""Customers that refits and trees look at. An adjusted Rand index or an explained share is then
known to about .01, and six candidates take minutes, not hours, in any shop."""

SCORE_WEIGHTS = {
    "explained_amount_90d": 0.25,
    "detail": 0.25,
    "stability": 0.20,
    "readability": 0.20,
    "calm": 0.10,
}
"""What the choice weighs; all lie in [0, 1]. Segments that predict come first, with `detail` (how
much a label says): everything else prefers few segments (from 3 to 8 on Complete Journey stability
falls from .94 to .62, readability from .91 to .75, calm from .85 to .76), and three segments say
little that a spend ranking does not. Calm counts least: damping at the borders comes on top.
Set while looking at that shop, where 5, 6 and 8 segments lie within .01 of each other."""

FLOOR_CUSTOMERS = 1_000
"""Members that are always enough for a segment: a campaign with a holdout can be read from them."""
FLOOR_SHARE = 0.05
"""Members that are enough in a smaller shop: one customer in twenty."""
FLOOR_FEW = 5
"""And in the tiniest: a handful."""


def evaluate_candidates(
    models: pd.DataFrame,
    scoring_set: pd.DataFrame,
    training_set: pd.DataFrame,
    remembered: pd.DataFrame,
    run: Run,
) -> pd.DataFrame:
    """Measure this run's candidates that were never measured; keep what is remembered.

    Parameters
    ----------
    models
        The registry, columns of ``SEGMENT_MODELS_SCHEMA``; candidates are the rows whose
        ``candidate_in_run_id`` is this run's.
    scoring_set
        A row per customer at the newest snapshot, with features.
    training_set
        A row per customer and past snapshot, with features and ``outcome_amount_90d``.
    remembered
        Evaluations of earlier runs; columns of ``SEGMENT_EVALUATIONS_SCHEMA``.
    run
        The build.

    Returns
    -------
    DataFrame
        A row per model and metric, columns of ``SEGMENT_EVALUATIONS_SCHEMA``. A metric that the
        shop is too young or too small for is there with a NULL value.
    """
    is_candidate = models["candidate_in_run_id"] == run.run_id
    is_new = is_candidate & ~models["model_id"].isin(remembered["model_id"])
    fresh = registry_rows(models[is_new])
    rows = registry_rows(remembered)
    if fresh and len(scoring_set):
        rows += _evaluated(fresh, scoring_set, training_set, run)
    if not rows:
        return empty_frame(SEGMENT_EVALUATIONS_SCHEMA)
    frame = pd.DataFrame(rows, columns=SEGMENT_EVALUATIONS_SCHEMA.names)
    return frame.sort_values(list(SEGMENT_EVALUATIONS_ORDER), ignore_index=True)


def size_floor(customers: int) -> float:
    """Return how many members the smallest segment needs.

    >>> [size_floor(customers) for customers in (40, 2_469, 1_000_000)]
    [5.0, 123.45, 1000.0]
    """
    return min(float(FLOOR_CUSTOMERS), max(FLOOR_SHARE * customers, float(FLOOR_FEW)))


def score_measures(measures: Sequence[Measure]) -> Measure:
    """Return the weighted mean of what the choice weighs, over the measures that are known."""
    values = {measure.metric: measure.value for measure in measures}
    values["calm"] = 1.0 - values.get("monthly_change", UNKNOWN)
    known = {
        name: weight for name, weight in SCORE_WEIGHTS.items() if not _is_unknown(values, name)
    }
    total = sum(known.values())
    score = (
        sum(weight * values[name] for name, weight in known.items()) / total if known else UNKNOWN
    )
    return Measure(
        "score", score, max((m.rows for m in measures if m.metric == "detail"), default=0)
    )


def _is_unknown(values: dict[str, float], name: str) -> bool:
    return bool(np.isnan(values.get(name, UNKNOWN)))


def _evaluated(
    fresh: list[dict[str, Any]], scoring_set: pd.DataFrame, training_set: pd.DataFrame, run: Run
) -> list[dict[str, Any]]:
    customers = choose_customers(scoring_set, EVALUATION_CUSTOMERS)
    past = choose_customers(training_set, EVALUATION_CUSTOMERS)
    origins = past_origins(past)
    history = pd.concat([past, customers], ignore_index=True) if len(past) else customers
    rows = []
    for row in fresh:
        model = read_model(row)
        points = model.scaling.points(customers)
        measures = [
            measure_stability(points, model.centroids, run.seed),
            measure_silhouette(points, model.centroids, run.seed),
            measure_readability(customers, model, run.seed),
            measure_explained(origins, model, run.seed),
            measure_monthly_change(history, model),
            *measure_sizes(_sizes(scoring_set, model)),
        ]
        judged = [*measures, _eligible(measures), score_measures(measures)]
        rows += [_told(measure, row, run) for measure in judged]
    return rows


def _sizes(scoring_set: pd.DataFrame, model: SegmentModel) -> NDArray[np.int64]:
    labels = nearest(model.scaling.points(scoring_set), model.centroids)
    return np.bincount(labels, minlength=len(model.centroids))


def _eligible(measures: Sequence[Measure]) -> Measure:
    smallest = next(m for m in measures if m.metric == "smallest_segment_customers")
    is_large_enough = smallest.value >= size_floor(smallest.rows)
    return Measure("is_eligible", float(is_large_enough), smallest.rows)


def _told(measure: Measure, row: dict[str, Any], run: Run) -> dict[str, Any]:
    """Return the row of the table that tells a measure."""
    return {
        **asdict(measure),
        "model_id": row["model_id"],
        "segments": row["segments"],
        "skill": measure.skill,
        "run_id": run.run_id,
    }
