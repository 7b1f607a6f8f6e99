"""Replays: each candidate as it would have been fitted at past origins, without a fold of people.

They exist to be judged (:mod:`tessera.propensity.evaluation`) and to be asked which features they
lean on (:mod:`tessera.feature_values`). Fitting them costs more than all else: it is done once.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from tessera import registry
from tessera.propensity.algorithms import ALGORITHMS
from tessera.propensity.encoded_model import EncodedModel, load_encoded
from tessera.propensity.labelled import labelled_rows
from tessera.propensity.protocol import choose_origins, fit_origin
from tessera.propensity.schemas import PROPENSITY_REPLAYS_ORDER, PROPENSITY_REPLAYS_SCHEMA
from tessera.propensity.search import settings_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tessera.propensity.labelled import Labelled
    from tessera.propensity.protocol import Origin
    from tessera.propensity.targets import Target
    from tessera.runs import Run


def fit_replays(
    training_set: pd.DataFrame,
    targets: Sequence[Target],
    models: pd.DataFrame,
    remembered: pd.DataFrame,
    run: Run,
    choose: Callable[[Labelled, Target], list[Origin]] = choose_origins,
) -> pd.DataFrame:
    """Return the replays of this run's candidates: those remembered, and those that are new.

    Replays of models that are no longer candidates are let go: what they were worth is remembered
    by the evaluations, and they could be fitted again.

    Parameters
    ----------
    training_set
        A row per customer and past snapshot, the one that ``models`` were fitted on.
    targets
        What is predicted.
    models
        The registry; candidates are the rows whose ``candidate_in_run_id`` is this run.
    remembered
        The replays as the last run left them; columns of ``PROPENSITY_REPLAYS_SCHEMA``.
    run
        The build.
    choose
        Says at which past origins.

    Returns
    -------
    DataFrame
        A row per candidate, origin and fold, ordered by ``PROPENSITY_REPLAYS_ORDER``. A candidate
        that no past origin can judge has none.
    """
    candidates = models[models["candidate_in_run_id"] == run.run_id]
    kept = remembered[remembered["model_id"].isin(candidates["model_id"])]
    fresh = candidates[~candidates["model_id"].isin(kept["model_id"])]
    fitted: list[dict[str, Any]] = []
    for target in targets:
        of_target = registry.records(fresh[fresh["target"] == target.name])
        if of_target:
            rows = labelled_rows(training_set, target)
            origins = choose(rows, target)
            fitted += [
                line for candidate in of_target for line in _replayed(rows, origins, candidate, run)
            ]
    replays = pd.DataFrame(registry.records(kept) + fitted, columns=PROPENSITY_REPLAYS_SCHEMA.names)
    return replays.sort_values(list(PROPENSITY_REPLAYS_ORDER), ignore_index=True)


def load_replays(
    replays: pd.DataFrame, model_id: str, origins: Sequence[Origin]
) -> list[list[EncodedModel]]:
    """Return a candidate's models, by origin and fold.

    Raises
    ------
    RegistryError
        An origin has no replays of the candidate, or not one per fold.
    """
    by_origin: dict[pd.Timestamp, list[EncodedModel]] = {}
    of_model = replays[replays["model_id"] == model_id].sort_values(["origin_at", "fold"])
    for row in registry.records(of_model):
        model = load_encoded(row["algorithm"], row["encoding"], row["model_text"])
        by_origin.setdefault(row["origin_at"], []).append(model)
    for origin in origins:
        found = len(by_origin.get(origin.snapshot_at, []))
        if found != len(origin.folds):
            raise registry.RegistryError(
                f"propensity_replays holds {found} fits of model {model_id} at {origin.split}, of "
                f"{len(origin.folds)} folds: build propensity_replays after propensity_models"
            )
    return [by_origin[origin.snapshot_at] for origin in origins]


def _replayed(
    rows: Labelled, origins: list[Origin], candidate: dict[str, Any], run: Run
) -> Iterator[dict[str, Any]]:
    algorithm = ALGORITHMS[candidate["algorithm"]]
    names = json.loads(candidate["feature_names"])
    said = {key: candidate[key] for key in ("model_id", "target", "algorithm")}
    for origin in origins:
        settings = settings_at(algorithm, candidate["settings"], origin.snapshot_at)
        models = fit_origin(rows, origin, partial(algorithm, run.seed, settings), names)
        for fold, model in enumerate(models):
            yield {
                **said,
                "origin_at": origin.snapshot_at,
                "fold": fold,
                "encoding": model.encoding.to_text(),
                "model_text": model.algorithm.to_text(),
                "run_id": run.run_id,
            }
