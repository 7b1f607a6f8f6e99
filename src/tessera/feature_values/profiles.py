"""What a small choice of features loses: each profile's score beside that of the whole mart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from tessera import frames, registry
from tessera.bootstrap import Estimate, compare, estimate_metric
from tessera.feature_values.schemas import PROFILE_SCORES_ORDER, PROFILE_SCORES_SCHEMA
from tessera.metrics import METRICS
from tessera.propensity.algorithms import BoostedTrees, RecencyRule
from tessera.propensity.algorithms.rules import RECENCY_FEATURE
from tessera.propensity.labelled import labelled_rows
from tessera.propensity.protocol import choose_origins, fit_origin, score_origin
from tessera.propensity.replays import load_replays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tessera.bootstrap import Scored
    from tessera.feature_values.pasts import Replayed
    from tessera.propensity import Target
    from tessera.propensity.algorithms.algorithm import Algorithm
    from tessera.propensity.labelled import Labelled
    from tessera.propensity.protocol import Origin

RECIPE = 1
"""Raise it when the way of measuring changes: everything is then measured anew."""
FULL = "full"
"""The profile of all features."""
UNKNOWN = Estimate(float("nan"), float("nan"), float("nan"))
"""The difference where there is nothing to compare with."""
ROC_AUC = next(metric for metric in METRICS if metric.name == "roc_auc")


def score_profiles(
    replayed: Replayed, profiles: pd.DataFrame, remembered: pd.DataFrame
) -> pd.DataFrame:
    """Score each profile as models are evaluated, unless that was done on the same inputs.

    The trees are compared, the algorithm that gains most from many features. Those of the whole
    mart are there already; those of a profile are fitted here, on the same rows, origins and folds,
    with the same settings.

    Parameters
    ----------
    replayed
        The run's models and their fits at past origins.
    profiles
        A row per profile and feature: ``profile``, ``feature_name``.
    remembered
        The table as the last run left it; columns of ``PROFILE_SCORES_SCHEMA``.

    Returns
    -------
    DataFrame
        A row per target and profile that the mart has all features of, ordered by
        ``PROFILE_SCORES_ORDER``. ``added_by_full`` is how much more the whole mart scores, with the
        interval of the paired difference; ``baseline_roc_auc`` is the recency rule's. A target
        without candidates or origins has no rows. Where the mart itself was built with a profile,
        the profile stands alone, compared with nothing.
    """
    chosen = {str(name): sorted(rows["feature_name"]) for name, rows in profiles.groupby("profile")}
    rows: list[dict[str, Any]] = []
    for target in replayed.targets:
        if target.name not in replayed.trees:
            continue
        model_id = replayed.trees[target.name]
        fingerprint = registry.model_id(
            recipe=RECIPE, seed=replayed.run.seed, trees=model_id, profiles=chosen
        )
        known = remembered[remembered["inputs_fingerprint"] == fingerprint]
        said = {"target": target.name, "model_id": model_id, "run_id": replayed.run.run_id}
        rows += registry.records(known) or [
            {**said, "inputs_fingerprint": fingerprint, **line}
            for line in _of_target(replayed, target, chosen)
        ]
    if not rows:
        return frames.empty(PROFILE_SCORES_SCHEMA)
    scores = pd.DataFrame(rows, columns=PROFILE_SCORES_SCHEMA.names)
    return scores.sort_values(list(PROFILE_SCORES_ORDER), ignore_index=True)


def _of_target(
    replayed: Replayed, target: Target, profiles: dict[str, list[str]]
) -> Iterator[dict[str, Any]]:
    """Yield a line for all features of the mart, and one for each smaller profile."""
    rows, seed = labelled_rows(replayed.training_set, target), replayed.run.seed
    origins = choose_origins(rows, target)
    if not origins:
        return
    names = list(rows.features.columns)
    fits = load_replays(replayed.replays, replayed.trees[target.name], origins)
    everything = [score_origin(rows, *each) for each in zip(origins, fits, strict=True)]
    built = [profile for profile, features in profiles.items() if set(features) == set(names)]
    by_rule = [_scored(rows, origin, RecencyRule, [RECENCY_FEATURE], seed) for origin in origins]
    said = {
        "baseline_roc_auc": estimate_metric(by_rule, ROC_AUC, seed).value,
        "origins": len(origins),
        "rows": sum(len(scored.labels) for scored in everything),
    }
    yield {**said, **_line(built[0] if built else FULL, names, everything, None, seed)}
    if built:
        return
    for profile, features in profiles.items():
        if set(features) <= set(names):
            scored = [_scored(rows, origin, BoostedTrees, features, seed) for origin in origins]
            yield {**said, **_line(profile, features, scored, everything, seed)}


def _scored(
    rows: Labelled, origin: Origin, algorithm: type[Algorithm], features: list[str], seed: int
) -> Scored:
    models = fit_origin(rows, origin, lambda: algorithm(seed), features)
    return score_origin(rows, origin, models)


def _line(
    profile: str,
    features: list[str],
    scored: list[Scored],
    everything: list[Scored] | None,
    seed: int,
) -> dict[str, Any]:
    value = estimate_metric(scored, ROC_AUC, seed)
    added = compare(everything, scored, ROC_AUC, seed) if everything else UNKNOWN
    return {
        "profile": profile,
        "features": len(features),
        "roc_auc": value.value,
        "low": value.low,
        "high": value.high,
        "added_by_full": added.value,
        "added_by_full_low": added.low,
        "added_by_full_high": added.high,
    }
