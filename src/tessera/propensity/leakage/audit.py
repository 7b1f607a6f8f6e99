"""All rules of the leak gate, for every target that has models in this run."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera import registry
from tessera.features import feature_columns, readable_features
from tessera.propensity.evaluation import ALL_ORIGINS
from tessera.propensity.labelled import labelled_rows
from tessera.propensity.leakage.afterthought import standing_status, written_at_the_end
from tessera.propensity.leakage.availability import features_filled_later
from tessera.propensity.leakage.derivation import derived_features
from tessera.propensity.leakage.evidence import Evidence, Judged
from tessera.propensity.leakage.finding import model_leaks_frame
from tessera.propensity.leakage.identifiers import naming_features
from tessera.propensity.leakage.power import powerful_features
from tessera.propensity.leakage.recomputed import audited_features
from tessera.propensity.leakage.sample import bounded
from tessera.propensity.leakage.separation import settling_values
from tessera.propensity.leakage.splits import broken_splits
from tessera.propensity.leakage.totals import suspicious_models
from tessera.propensity.protocol import choose_origins
from tessera.propensity.replays import load_replays

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tessera.propensity.labelled import Labelled
    from tessera.propensity.leakage.finding import ModelLeak
    from tessera.propensity.targets import Target
    from tessera.runs import Run

FORWARD = ("label_", "outcome_")
"""Columns of a training set that look forward."""


def find_model_leaks(  # noqa: PLR0913, PLR0917 - the tables it reads
    training_set: pd.DataFrame,
    scoring_set: pd.DataFrame,
    targets: Sequence[Target],
    models: pd.DataFrame,
    replays: pd.DataFrame,
    evaluations: pd.DataFrame,
    audited: pd.DataFrame,
    run: Run,
) -> pd.DataFrame:
    """Look for leaks in what this run's candidates learnt from, and in what they learnt.

    Parameters
    ----------
    training_set, scoring_set
        A row per customer and past snapshot, and per customer at the newest one.
    targets
        What is predicted; one without candidates has nothing to be published.
    models, replays, evaluations
        The registry, the fits at past origins, and what they were worth.
    audited
        ``features.leak_findings``.
    run
        The build.

    Returns
    -------
    DataFrame
        A row per target, model, rule and feature; columns of ``MODEL_LEAKS_SCHEMA``.
    """
    found: list[tuple[str, ModelLeak]] = []
    is_candidate = models["candidate_in_run_id"] == run.run_id
    for target in targets:
        candidates = models[is_candidate & (models["target"] == target.name)]
        if len(candidates):
            rows = labelled_rows(training_set, target)
            judged = tuple(_judged(rows, target, candidates, replays, evaluations))
            evidence = _evidence(training_set, scoring_set, target, rows, judged, run)
            leaks = chain(leaks_of(evidence), audited_features(evidence, audited))
            found += [(target.name, leak) for leak in leaks]
    return model_leaks_frame(found)


def leaks_of(evidence: Evidence) -> Iterator[ModelLeak]:
    """Yield what every rule finds in the evidence of one target."""
    yield from broken_splits(evidence)
    yield from powerful_features(evidence)
    yield from written_at_the_end(evidence)
    yield from standing_status(evidence)
    yield from settling_values(evidence)
    yield from derived_features(evidence)
    yield from features_filled_later(evidence)
    yield from naming_features(evidence)
    yield from suspicious_models(evidence)


def _evidence(
    training_set: pd.DataFrame,
    scoring_set: pd.DataFrame,
    target: Target,
    rows: Labelled,
    judged: tuple[Judged, ...],
    run: Run,
) -> Evidence:
    forward = [name for name in training_set.columns if name.startswith(FORWARD)]
    keys = ["customer_id", "snapshot_at"]
    seen = pd.MultiIndex.from_arrays([rows.customer_ids, rows.snapshot_at])
    outcomes = training_set.set_index(keys)[forward].reindex(seen).reset_index(drop=True)
    outcomes = outcomes.apply(lambda told: told.to_numpy(dtype=np.float64, na_value=np.nan))
    sample, told = bounded(rows, outcomes)
    is_asked = scoring_set[target.eligibility_column].astype("boolean").fillna(value=False)
    asked = scoring_set[is_asked.to_numpy(dtype=np.bool_)]
    scoring = readable_features(asked, feature_columns(training_set))
    return Evidence(target, sample, told, scoring, run.as_of, judged)


def _judged(
    rows: Labelled,
    target: Target,
    candidates: pd.DataFrame,
    replays: pd.DataFrame,
    evaluations: pd.DataFrame,
) -> Iterator[Judged]:
    """Yield each candidate at its newest origin, as its first fold of people was judged."""
    origins = choose_origins(rows, target)[-1:]
    for candidate in registry.records(candidates) if origins else []:
        models = load_replays(replays, candidate["model_id"], origins)
        fold = origins[0].folds[0]
        worth = _worth(evaluations, candidate["model_id"])
        training, scored = rows.where(fold.training), rows.where(fold.scored)
        is_earlier = rows.customer_ids.isin(scored.customer_ids) & rows.snapshot_at.isin(
            training.snapshot_at
        )
        yield Judged(
            model_id=candidate["model_id"],
            algorithm=candidate["algorithm"],
            model=models[0][0],
            training=training,
            scored=scored,
            auc=worth[0],
            auc_low=worth[1],
            people_asked=rows.where(is_earlier.to_numpy(dtype=np.bool_)),
        )


def _worth(evaluations: pd.DataFrame, model_id: str) -> tuple[float, float]:
    """Return a model's AUC over all origins and the low end of its interval, NaN where unknown."""
    is_asked = (evaluations["model_id"] == model_id) & (evaluations["metric"] == "roc_auc")
    of_model = evaluations[is_asked & (evaluations["split"] == ALL_ORIGINS)]
    if not len(of_model):
        return float("nan"), float("nan")
    return float(of_model["value"].iloc[0]), float(of_model["low"].iloc[0])
