"""A search for settings: a few draws, each to beat the usual ones, on what the past knew by then.

The search stands at the oldest origin of the evaluation and sees only what had closed there: no
score card is of people or days that chose its settings. It is small on purpose. On Complete Journey
seven neighbours of the usual trees lie within .002 of each other: below some hundreds of answers of
either kind a search finds luck, and none is made.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from sklearn.model_selection import ParameterSampler

from tessera.bootstrap import compare
from tessera.metrics import METRICS
from tessera.propensity.labelled import FEW_OF_A_CLASS
from tessera.propensity.protocol import choose_origins, fit_origin, score_origin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tessera.bootstrap import Scored
    from tessera.propensity.algorithms.algorithm import Algorithm
    from tessera.propensity.labelled import Labelled
    from tessera.propensity.protocol import Origin
    from tessera.propensity.targets import Target

DRAWS = 5
"""Settings tried beside the usual ones; each takes five fits."""

_ROC_AUC = next(metric for metric in METRICS if metric.name == "roc_auc")


@dataclass(frozen=True)
class Tuning:
    """What a search found.

    Attributes
    ----------
    settings
        Those that differ from the usual ones; empty where nothing was better beyond doubt.
    known_at
        The instant by which everything that the search saw had closed; None without a search.
    """

    settings: Mapping[str, Any] = field(default_factory=dict)
    known_at: pd.Timestamp | None = None

    def as_settings(self) -> dict[str, Any]:
        """Return what the registry remembers of it."""
        at = None if self.known_at is None else self.known_at.isoformat()
        return {"tuned": dict(self.settings), "tuned_at": at}


def described(algorithm: type[Algorithm]) -> dict[str, Any]:
    """Return what decides a search, as a part of a model's name; nothing where there is none."""
    if not algorithm.search_space:
        return {}
    return {"search": {"space": {**algorithm.search_space}, "draws": DRAWS}}


def search(
    rows: Labelled,
    target: Target,
    algorithm: type[Algorithm],
    adjusted: Mapping[str, Any],
    names: list[str],
    seed: int,
) -> Tuning:
    """Return the settings by which an algorithm ranks best, or none that are not better for sure.

    Parameters
    ----------
    rows
        All rows with an answer.
    target
        What is predicted.
    algorithm
        What is fitted.
    adjusted
        What the target itself asks of it.
    names
        Features to read.
    seed
        Seeds the draws (Bergstra and Bengio 2012: drawn settings beat a grid of the same size).

    Notes
    -----
    A draw is taken when the whole 95 % interval of what its ROC AUC adds to that of the usual
    settings, on the same people, lies above nothing.
    """
    origins = choose_origins(rows, target) if algorithm.search_space else []
    if not origins:
        return Tuning()
    known_at = origins[0].snapshot_at
    past = rows.where((rows.snapshot_at + target.horizon <= known_at).to_numpy())
    inner = choose_origins(past, target, most=1)
    if not inner or _rarer(past) < FEW_OF_A_CLASS:
        return Tuning()

    def scored(drawn: Mapping[str, Any]) -> list[Scored]:
        return _scored(past, inner[0], algorithm, {**adjusted, **drawn}, names, seed)

    usual, best, found = scored({}), 0.0, {}
    for drawn in ParameterSampler(dict(algorithm.search_space), DRAWS, random_state=seed):
        gain = compare(scored(drawn), usual, _ROC_AUC, seed)
        if gain.low > 0 and gain.value > best:
            best, found = gain.value, drawn
    return Tuning(found, known_at)


def settings_at(
    algorithm: type[Algorithm], settings_text: str, origin_at: pd.Timestamp
) -> dict[str, Any]:
    """Return by which settings a registered model is fitted when standing at a past origin.

    What a search found is used from the day on which it could have been known.
    """
    settings = json.loads(settings_text)
    asked = {name: settings[name] for name in sorted(algorithm.adjustable & settings.keys())}
    tuned_at = settings.get("tuned_at")
    is_known = tuned_at is not None and origin_at >= pd.Timestamp(tuned_at)
    return {**asked, **settings["tuned"]} if is_known else asked


def _rarer(rows: Labelled) -> int:
    positives = int(np.sum(rows.labels))
    return min(positives, len(rows) - positives)


def _scored(
    rows: Labelled,
    origin: Origin,
    algorithm: type[Algorithm],
    settings: Mapping[str, Any],
    names: list[str],
    seed: int,
) -> list[Scored]:
    models = fit_origin(rows, origin, lambda: algorithm(seed, settings), names)
    return [score_origin(rows, origin, models)]
