"""Evaluations: what each candidate is worth, on scales that a rule can choose by."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tessera.segmentation.evidence import EVALUATION_CUSTOMERS, Evidence
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

SCORE_WEIGHTS = {
    "explained_amount_90d": 0.25,
    "detail": 0.25,
    "stability": 0.20,
    "readability": 0.20,
    "calm": 0.10,
}
"""What the choice weighs; all lie in [0, 1]. Segments that predict come first, with `detail` (how
much a label says): everything else prefers few segments (from 3 to 8 on Complete Journey stability
falls from .94 to .62, readability from .91 to .75, calm from .84 to .76), and three segments say
little that a spend ranking does not. Calm counts least: damping at the borders comes on top.
Set while looking at that shop, where 5 and 6 segments lie within .01 of each other."""

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
    """Measure this run's candidates on this run's data; what was measured on it before holds.

    A model stays frozen for months while its customers change, so that an evaluation is known by
    the model *and* by what it was measured on. Those of other data are kept and not claimed.

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
        A row per model, evaluation fingerprint and metric, columns of
        ``SEGMENT_EVALUATIONS_SCHEMA``. Those that hold for this run carry its id in
        ``candidate_in_run_id``. A metric that the shop is too young or too small for is there
        with a NULL value.
    """
    candidates = registry_rows(models[models["candidate_in_run_id"] == run.run_id])
    rows = registry_rows(remembered)
    if candidates and len(scoring_set):
        evidence = Evidence.of(scoring_set, training_set, run.seed)
        held = _held(rows, candidates, evidence)
        measured = {row["model_id"] for row in held}
        fresh = [row for row in candidates if row["model_id"] not in measured]
        for row in held:
            row["candidate_in_run_id"] = run.run_id
        rows += _evaluated(fresh, evidence, run)
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


def _held(
    rows: list[dict[str, Any]], candidates: list[dict[str, Any]], evidence: Evidence
) -> list[dict[str, Any]]:
    """Return the remembered rows that tell of a candidate, measured on the same evidence."""
    names = {row["model_id"] for row in candidates}
    return [
        row
        for row in rows
        if row["model_id"] in names and row["evaluation_fingerprint"] == evidence.fingerprint
    ]


def _evaluated(fresh: list[dict[str, Any]], evidence: Evidence, run: Run) -> list[dict[str, Any]]:
    customers = choose_customers(evidence.customers, EVALUATION_CUSTOMERS)
    origins = past_origins(evidence.past)
    rows = []
    for row in fresh:
        model = read_model(row)
        points = model.scaling.points(customers)
        measures = [
            measure_stability(points, model.centroids, run.seed),
            measure_silhouette(points, model.centroids, run.seed),
            measure_readability(customers, model, run.seed),
            measure_explained(origins, model, run.seed),
            measure_monthly_change(evidence.past, model),
            *measure_sizes(_sizes(evidence.customers, model)),
        ]
        judged = [*measures, _eligible(measures), score_measures(measures)]
        rows += [_told(measure, row, evidence, run) for measure in judged]
    return rows


def _sizes(customers: pd.DataFrame, model: SegmentModel) -> NDArray[np.int64]:
    labels = nearest(model.scaling.points(customers), model.centroids)
    return np.bincount(labels, minlength=len(model.centroids))


def _eligible(measures: Sequence[Measure]) -> Measure:
    smallest = next(m for m in measures if m.metric == "smallest_segment_customers")
    is_large_enough = smallest.value >= size_floor(smallest.rows)
    return Measure("is_eligible", float(is_large_enough), smallest.rows)


def _told(measure: Measure, row: dict[str, Any], evidence: Evidence, run: Run) -> dict[str, Any]:
    """Return the row of the table that tells a measure."""
    return {
        **asdict(measure),
        "model_id": row["model_id"],
        "evaluation_fingerprint": evidence.fingerprint,
        "segments": row["segments"],
        "skill": measure.skill,
        "run_id": run.run_id,
        "candidate_in_run_id": run.run_id,
    }
