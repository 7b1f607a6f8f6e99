"""Candidates: one model per target and algorithm, fitted once for the same inputs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from tessera import registry
from tessera.features import versions_read
from tessera.propensity import search
from tessera.propensity.algorithms import ALGORITHMS, OneFeatureRule
from tessera.propensity.encoded_model import fit_encoded
from tessera.propensity.labelled import label_supply, labelled_rows
from tessera.propensity.schemas import PROPENSITY_MODELS_ORDER, PROPENSITY_MODELS_SCHEMA
from tessera.propensity.search import Tuning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tessera.propensity.algorithms.algorithm import Algorithm
    from tessera.propensity.labelled import Labelled
    from tessera.propensity.targets import Target
    from tessera.runs import Run

RECIPE = 5
"""Raise it when preparing, fitting or evaluating changes: models are then fitted anew."""
NOT_TUNED = Tuning()
"""As before any search."""


def fit_candidates(
    training_set: pd.DataFrame,
    targets: Sequence[Target],
    remembered: pd.DataFrame,
    run: Run,
    versions: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return the registry: the models remembered and those that this run's data ask for.

    A model is named by what goes into it before it is fitted. A name that is remembered is not
    fitted again; only ``candidate_in_run_id`` moves on. A target with too few answers (see
    :func:`tessera.propensity.label_supply`) has no candidates in this run.

    Parameters
    ----------
    training_set
        A row per customer and past snapshot, with features and ``label_<target>`` columns.
    targets
        What to predict.
    remembered
        The registry as earlier runs left it; columns of ``PROPENSITY_MODELS_SCHEMA``.
    run
        The build.
    versions
        The version of each feature; a model of other ones is no candidate. Scoring refuses a model
        that was fitted without.

    Returns
    -------
    DataFrame
        A row per model, columns of ``PROPENSITY_MODELS_SCHEMA``, ordered by time of training.

    Raises
    ------
    KeyError
        The training set lacks a target's label.
    FeatureError
        A feature is neither a number nor a text, or the recency rule's feature is missing.
    """
    rows = {row["model_id"]: row for row in registry.records(remembered)}
    for candidate in _candidates(training_set, targets, versions, run.seed):
        row = rows.get(candidate.model_id) or _fitted(candidate, run)
        rows[candidate.model_id] = {**row, "candidate_in_run_id": run.run_id}
    if not rows:
        return remembered
    models = pd.DataFrame(list(rows.values()), columns=PROPENSITY_MODELS_SCHEMA.names)
    return models.sort_values(list(PROPENSITY_MODELS_ORDER), ignore_index=True)


@dataclass(frozen=True)
class Candidate:
    """A model that could be fitted: everything that decides the fit, and so its name."""

    target: Target
    algorithm: type[Algorithm]
    rows: Labelled
    versions: Mapping[str, str] | None
    seed: int

    @property
    def adjusted(self) -> dict[str, Any]:
        """What the target asks of the algorithm, as far as that can follow."""
        hints = self.target.hints
        return {name: hints[name] for name in sorted(hints) if name in self.algorithm.adjustable}

    def made(self, tuning: Tuning = NOT_TUNED) -> Algorithm:
        """Return the algorithm before it has learnt."""
        return self.algorithm(self.seed, {**self.adjusted, **tuning.settings})

    @cached_property
    def feature_names(self) -> list[str]:
        """The features that the algorithm reads."""
        return self.made().features_used(list(self.rows.features.columns))

    @cached_property
    def feature_versions(self) -> str:
        """By which definitions, as the registry writes them."""
        return versions_read(self.feature_names, self.versions)

    @cached_property
    def settings(self) -> dict[str, Any]:
        """The algorithm's settings before any search, what is searched, and the library's version.

        The seed is among them even where a fit draws nothing: the evidence that is remembered under
        the model's name has intervals, and those are drawn.
        """
        return {
            **self.made().settings,
            **search.described(self.algorithm),
            "seed": self.seed,
            "recipe": RECIPE,
            "library": self.algorithm.library_version(),
        }

    @cached_property
    def training_fingerprint(self) -> str:
        """The content of the rows to learn from."""
        return self.rows.fingerprint(self.feature_names)

    @cached_property
    def model_id(self) -> str:
        """The name that the fitted model will have."""
        return registry.model_id(
            target=self.target.name,
            horizon_days=self.target.horizon_days,
            algorithm=self.algorithm.name,
            settings=self.settings,
            feature_names=self.feature_names,
            feature_versions=self.feature_versions,
            training_fingerprint=self.training_fingerprint,
        )


def _candidates(
    training_set: pd.DataFrame,
    targets: Sequence[Target],
    versions: Mapping[str, str] | None,
    seed: int,
) -> Iterator[Candidate]:
    for target in targets:
        if label_supply(training_set, target).grade == "refuse":
            continue
        rows = labelled_rows(training_set, target)
        for algorithm in _algorithms_for(target):
            yield Candidate(target, algorithm, rows, versions, seed)


def _algorithms_for(target: Target) -> list[type[Algorithm]]:
    """Return the rivals: a rule of its own only for a target that names one."""
    return [each for each in ALGORITHMS.values() if each is not OneFeatureRule or target.rule]


def _fitted(candidate: Candidate, run: Run) -> dict[str, Any]:
    """Search, fit a candidate and return its row of the registry."""
    rows, target = candidate.rows, candidate.target
    tuning = search.search(
        rows,
        target,
        candidate.algorithm,
        candidate.adjusted,
        candidate.feature_names,
        candidate.seed,
    )
    model = fit_encoded(lambda: candidate.made(tuning), rows, candidate.feature_names)
    return {
        "model_id": candidate.model_id,
        "target": target.name,
        "algorithm": candidate.algorithm.name,
        "trained_at": run.run_started_at,
        "as_of": run.as_of,
        "trained_through": rows.snapshot_at.max() + target.horizon,
        "horizon_days": target.horizon_days,
        "feature_names": json.dumps(candidate.feature_names),
        "feature_versions": candidate.feature_versions,
        "settings": registry.canonical_json({**candidate.settings, **tuning.as_settings()}),
        "training_fingerprint": candidate.training_fingerprint,
        "training_rows": len(rows),
        "encoding": model.encoding.to_text(),
        "model_text": model.algorithm.to_text(),
        "run_id": run.run_id,
    }
