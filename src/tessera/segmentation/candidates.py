"""Candidates: k-means for each number of segments, fitted once and then frozen until a refit.

Between refits nothing moves but the customers: centroids, ids and names stay, so that a change of
segment means a change of the customer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tessera import registry
from tessera.segmentation.features import available_features, features_named
from tessera.segmentation.lineage import Lineage
from tessera.segmentation.meaning import name_segments, read_playbook
from tessera.segmentation.model import SegmentModel, fit_centroids, read_model, registry_rows
from tessera.segmentation.recipe import (
    FIT_CUSTOMERS,
    Recipe,
    generation_in_force,
    models_of_shop,
    sketch_population,
)
from tessera.segmentation.sampling import choose_customers
from tessera.segmentation.scaling import Scaling, fit_scaling
from tessera.segmentation.schemas import SEGMENT_MODELS_ORDER, SEGMENT_MODELS_SCHEMA, empty_frame

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from tessera.runs import Run
    from tessera.segmentation.meaning import Playbook

    Floats = NDArray[np.float64]

SEGMENTS = range(3, 9)
"""Fewer than three is no segmentation; more than eight nobody keeps apart in a meeting."""

MEMBERS_AT_LEAST = 2
"""Customers per segment below which a number of segments is not even tried."""

REFIT_AFTER_DAYS = 90
"""Days a fit stays in force. A quarter: shorter and people see names move for no reason of the
customers; longer and a season passes through the centroids unseen. A constant: no var of the
project changes it, tests pass their own."""


def fit_candidates(
    scoring_set: pd.DataFrame,
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
    if scoring_set.empty:
        return _registry(registry_rows(remembered))
    recipe = Recipe(available_features(scoring_set), run.seed, versions)
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


def feasible_segments(points: Floats) -> list[int]:
    """Return the numbers of segments that so many customers can carry; one if not even three."""
    distinct = len(np.unique(points, axis=0))
    allowed = [k for k in SEGMENTS if len(points) >= MEMBERS_AT_LEAST * k and distinct >= k]
    return allowed or [1]


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
    features = features_named(model.scaling.names)
    names, archetypes = name_segments(model.profile, features, playbook, kept={})
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
    """Fit each number of segments; return their rows of the registry."""
    chosen = choose_customers(scoring_set, FIT_CUSTOMERS)
    scaling = fit_scaling(chosen, recipe.features)
    shared = {
        "training_fingerprint": registry.fingerprint(
            chosen[["customer_id", "snapshot_at", *scaling.names]]
        ),
        "training_rows": len(chosen),
        "trained_at": run.run_started_at,
        "as_of": run.as_of,
        "run_id": run.run_id,
    }
    rows = []
    population = sketch_population(scoring_set)
    lineage = Lineage.of(models, recipe, run)
    for centroids, points in _clustered(chosen, scaling, run.seed):
        model = lineage.next_model(centroids, points, scaling, playbook, population)
        described = {**recipe.described(len(centroids)), **shared}
        rows.append({**described, **_identity(described, model)})
    return rows


def _clustered(
    chosen: pd.DataFrame, scaling: Scaling, seed: int
) -> Iterator[tuple[Floats, Floats]]:
    points = scaling.points(chosen)
    for segments in feasible_segments(points):
        yield fit_centroids(points, segments, seed), points


def _identity(row: dict[str, Any], model: SegmentModel) -> dict[str, Any]:
    """Return the name and text of a model that is described by ``row``."""
    inputs = ("algorithm", "segments", "feature_names", "feature_versions", "settings")
    name = registry.model_id(
        **{key: row[key] for key in inputs},
        training_fingerprint=row["training_fingerprint"],
        playbook=model.playbook_fingerprint,
        aligned_to=model.aligned_to,
    )
    return {"model_id": name, "model_text": model.as_text()}
