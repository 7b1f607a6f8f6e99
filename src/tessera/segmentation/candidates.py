"""Candidates: each algorithm and size, fitted once and then frozen until a refit.

Between refits nothing moves but the customers, so that a change of segment means a change of the
customer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from tessera import registry
from tessera.segmentation.algorithms import feasible_specs, fit_specs
from tessera.segmentation.features import available_features, read_features
from tessera.segmentation.model import Ground, make_model, registry_rows
from tessera.segmentation.recipe import (
    FIT_CUSTOMERS,
    Recipe,
    generation_in_force,
    models_of_shop,
    sketch_population,
)
from tessera.segmentation.sampling import choose_customers
from tessera.segmentation.schemas import SEGMENT_MODELS_ORDER, SEGMENT_MODELS_SCHEMA, empty_frame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tessera.runs import Run
    from tessera.segmentation.algorithms import Spec

REFIT_AFTER_DAYS = 90
"""Days a fit stays in force. A quarter: shorter and people see names move for no reason of the
customers; longer and a season passes through the centroids unseen. A constant: no var of the
project changes it, tests pass their own."""


def fit_candidates(
    scoring_set: pd.DataFrame,
    segment_features: pd.DataFrame,
    remembered: pd.DataFrame,
    run: Run,
    refit_after_days: int = REFIT_AFTER_DAYS,
    versions: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return the registry: the models remembered, and those that this run asks for.

    Models of the same recipe that are young enough stay the candidates and nothing is fitted.
    Otherwise every algorithm is asked for every number of segments.

    Parameters
    ----------
    scoring_set
        A row per customer at the newest snapshot, with features.
    segment_features
        The seed ``segment_features``: a row per feature.
    remembered
        The registry as earlier runs left it; columns of ``SEGMENT_MODELS_SCHEMA``.
    run
        The build.
    refit_after_days
        Days of ``as_of`` after which a fit is no longer in force; 0 fits at every call.
    versions
        The version of each feature; a model of other ones is not in force. Assignment refuses a
        model that was fitted without.

    Returns
    -------
    DataFrame
        A row per model, columns of ``SEGMENT_MODELS_SCHEMA``. This run's candidates carry its id in
        ``candidate_in_run_id``. No customers: what is remembered, and no candidates.

    Raises
    ------
    SegmentationError
        The seed cannot be read, or the scoring set has none of its features.
    """
    declared = read_features(segment_features)
    if scoring_set.empty:
        return _registry(registry_rows(remembered))
    recipe = Recipe(available_features(scoring_set, declared), run.seed, versions)
    models = models_of_shop(remembered, scoring_set, run)
    in_force = generation_in_force(models, recipe, run, refit_after_days)
    candidates = in_force or _fitted(scoring_set, run, recipe)
    rows = {row["model_id"]: row for row in registry_rows(remembered)}
    for row in rows.values():
        # A run that is done again after somebody edited a seed has other candidates than before.
        if row["candidate_in_run_id"] == run.run_id:
            row["candidate_in_run_id"] = None
    for row in candidates:
        known = rows.get(row["model_id"], row)
        rows[row["model_id"]] = {**known, "candidate_in_run_id": run.run_id}
    return _registry(list(rows.values()))


def _registry(rows: Sequence[Any]) -> pd.DataFrame:
    if not rows:
        return empty_frame(SEGMENT_MODELS_SCHEMA)
    frame = pd.DataFrame(rows, columns=SEGMENT_MODELS_SCHEMA.names)
    return frame.sort_values(list(SEGMENT_MODELS_ORDER), ignore_index=True)


def _fitted(scoring_set: pd.DataFrame, run: Run, recipe: Recipe) -> list[dict[str, Any]]:
    """Fit each spec; return the rows of the registry."""
    chosen = choose_customers(scoring_set, FIT_CUSTOMERS)
    ground = Ground.of(chosen, recipe.features, sketch_population(scoring_set))
    read = ["customer_id", "snapshot_at", *(feature.name for feature in recipe.features)]
    shared = {
        "training_fingerprint": registry.fingerprint(chosen[read]),
        "training_rows": len(chosen),
        "trained_at": run.run_started_at,
        "as_of": run.as_of,
        "run_id": run.run_id,
    }
    rows = []
    for spec, prototypes in fit_specs(ground.points, feasible_specs(ground.points), run.seed):
        model = make_model(spec, prototypes, ground)
        described = {**recipe.described(spec.algorithm, prototypes.segments), **shared}
        name = _name(described, spec)
        rows.append({**described, "model_id": name, "model_text": model.as_text()})
    return rows


def _name(row: dict[str, Any], spec: Spec) -> str:
    """Return the name of a model that is described by ``row``."""
    inputs = ("algorithm", "segments", "feature_names", "feature_versions", "settings")
    return registry.model_id(
        **{key: row[key] for key in inputs},
        size=spec.size,
        training_fingerprint=row["training_fingerprint"],
    )
