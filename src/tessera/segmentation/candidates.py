"""Candidates: each algorithm and size, fitted once and then frozen until a refit.

Between refits nothing moves but the customers: geometry, ids and names stay, so that a change of
segment means a change of the customer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from tessera import registry
from tessera.segmentation.algorithms import feasible_specs, fit_specs
from tessera.segmentation.features import available_features, read_features
from tessera.segmentation.lineage import Lineage, Made
from tessera.segmentation.meaning import name_segments, read_playbook
from tessera.segmentation.model import SegmentModel, read_model, registry_rows
from tessera.segmentation.recipe import (
    FIT_CUSTOMERS,
    Recipe,
    generation_in_force,
    models_of_shop,
    sketch_population,
)
from tessera.segmentation.sampling import choose_customers
from tessera.segmentation.scaling import fit_scaling
from tessera.segmentation.schemas import SEGMENT_MODELS_ORDER, SEGMENT_MODELS_SCHEMA, empty_frame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tessera.runs import Run
    from tessera.segmentation.meaning import Playbook

REFIT_AFTER_DAYS = 90
"""Days a fit stays in force. A quarter: shorter and people see names move for no reason of the
customers; longer and a season passes through the centroids unseen. A constant: no var of the
project changes it, tests pass their own."""


def fit_candidates(  # noqa: PLR0913, PLR0917 - each a table of the warehouse
    scoring_set: pd.DataFrame,
    segment_features: pd.DataFrame,
    playbook: pd.DataFrame,
    remembered: pd.DataFrame,
    run: Run,
    refit_after_days: int = REFIT_AFTER_DAYS,
    versions: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return the registry: the models remembered, and those that this run asks for.

    Models of the same recipe that are young enough stay the candidates and nothing is fitted; an
    edited playbook renames their segments (a new row with the same centroids). Otherwise all
    numbers of segments are fitted, and ids carried on from the newest older model of the same.

    Parameters
    ----------
    scoring_set
        A row per customer at the newest snapshot, with features.
    segment_features
        The seed ``segment_features``: a row per feature.
    playbook
        The seed ``segment_playbook``: a row per archetype.
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
    PlaybookError
        The playbook cannot be read.
    SegmentationError
        The scoring set has none of the features that segments are built from.
    """
    names = read_playbook(playbook)
    declared = read_features(segment_features)
    if scoring_set.empty:
        return _registry(registry_rows(remembered))
    recipe = Recipe(available_features(scoring_set, declared), run.seed, versions)
    models = models_of_shop(remembered, scoring_set, run)
    in_force = generation_in_force(models, recipe, run, refit_after_days)
    candidates = (
        [_named(same_fit, names, run) for same_fit in in_force]
        if in_force
        else _fitted(scoring_set, names, models, run, recipe)
    )
    rows = {row["model_id"]: row for row in registry_rows(remembered)}
    for row in candidates:
        known = rows.get(row["model_id"], row)
        rows[row["model_id"]] = {**known, "candidate_in_run_id": run.run_id}
    return _registry(list(rows.values()))


def _registry(rows: Sequence[Any]) -> pd.DataFrame:
    if not rows:
        return empty_frame(SEGMENT_MODELS_SCHEMA)
    frame = pd.DataFrame(rows, columns=SEGMENT_MODELS_SCHEMA.names)
    return frame.sort_values(list(SEGMENT_MODELS_ORDER), ignore_index=True)


def _named(same_fit: list[dict[str, Any]], playbook: Playbook, run: Run) -> dict[str, Any]:
    """Return the model that bears the playbook's names: a remembered one, or a renamed copy."""
    models = [read_model(row) for row in same_fit]
    for row, model in zip(same_fit, models, strict=True):
        if model.playbook_fingerprint == playbook.fingerprint:
            return row
    row, model = same_fit[0], models[0]
    names, archetypes = name_segments(model.profile, model.numeric_features, playbook, kept={})
    renamed = replace(
        model,
        segment_names=names,
        archetypes=archetypes,
        playbook_fingerprint=playbook.fingerprint,
    )
    return {**row, "run_id": run.run_id, **_identity(row, renamed)}


def _fitted(
    scoring_set: pd.DataFrame,
    playbook: Playbook,
    models: list[dict[str, Any]],
    run: Run,
    recipe: Recipe,
) -> list[dict[str, Any]]:
    """Fit each spec; return the rows of the registry."""
    chosen = choose_customers(scoring_set, FIT_CUSTOMERS)
    made = Made(fit_scaling(chosen, recipe.features), playbook, sketch_population(scoring_set))
    read = ["customer_id", "snapshot_at", *(feature.name for feature in recipe.features)]
    shared = {
        "training_fingerprint": registry.fingerprint(chosen[read]),
        "training_rows": len(chosen),
        "trained_at": run.run_started_at,
        "as_of": run.as_of,
        "run_id": run.run_id,
    }
    points = made.scaling.points(chosen)
    lineage = Lineage.of(models, recipe, run)
    rows = []
    for spec, prototypes in fit_specs(points, feasible_specs(points), run.seed):
        model = lineage.next_model(spec, prototypes, points, recipe, made)
        described = {**recipe.described(spec.algorithm, prototypes.segments), **shared}
        rows.append({**described, **_identity(described, model)})
    return rows


def _identity(row: dict[str, Any], model: SegmentModel) -> dict[str, Any]:
    """Return the name and text of a model that is described by ``row``."""
    inputs = ("algorithm", "segments", "feature_names", "feature_versions", "settings")
    name = registry.model_id(
        **{key: row[key] for key in inputs},
        size=model.spec.size,
        training_fingerprint=row["training_fingerprint"],
        playbook=model.playbook_fingerprint,
        aligned_to=model.aligned_to,
    )
    return {"model_id": name, "model_text": model.as_text()}
