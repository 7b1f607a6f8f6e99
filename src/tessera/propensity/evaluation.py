"""Evaluations: how good each candidate would have been at past origins, beside a naive baseline.

What an interval covers: which customers there happened to be. It is drawn by resampling people
(:mod:`tessera.bootstrap`), given these origins and these fits. It does not cover another draw of
months, though seasons differ more than people do: the origins stand beside each other in ``split``
to be compared. Nor does it cover that a model fitted on other people, or with another seed, would
be another model, nor that tomorrow may differ from the past.

What a replay knows: standing at an origin, only features of orders known by each snapshot, and only
labels whose horizon had ended by the origin. But the labels themselves are those known by
``as_of``: an order that arrived after the origin, of a time before it, already counts in the labels
that the replay learns from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from tessera import registry
from tessera.bootstrap import Estimate, estimate
from tessera.metrics import METRICS
from tessera.propensity.algorithms import RULES
from tessera.propensity.calibrated import calibrate
from tessera.propensity.labelled import labelled_rows
from tessera.propensity.protocol import (
    FEWEST_ORIGINS,
    choose_origins,
    score_origin,
    score_origin_by_prevalence,
)
from tessera.propensity.replays import load_replays
from tessera.propensity.schemas import (
    PROPENSITY_EVALUATIONS_ORDER,
    PROPENSITY_EVALUATIONS_SCHEMA,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np

    from tessera.bootstrap import Scored
    from tessera.propensity.labelled import Labelled
    from tessera.propensity.protocol import Origin
    from tessera.propensity.targets import Target
    from tessera.runs import Run

ALL_ORIGINS = "all_origins"
"""The split that is the mean over origins: the figure to quote."""
PREVALENCE = "prevalence"
"""The recency rule's own baseline: everybody gets the past share of positives."""


def evaluate_candidates(
    training_set: pd.DataFrame,
    targets: Sequence[Target],
    models: pd.DataFrame,
    replays: pd.DataFrame,
    remembered: pd.DataFrame,
    run: Run,
) -> pd.DataFrame:
    """Return the evidence: evaluations remembered, and those of this run's new candidates.

    A model that has been evaluated is not evaluated again: its name says that rows and settings are
    the same. The protocol is :mod:`tessera.propensity.protocol`. With fewer past origins than
    :data:`~tessera.propensity.protocol.FEWEST_ORIGINS` each stands for itself and ``all_origins``
    is left out, so that no champion is chosen by it and the simplest rule stands in; with none
    there are no rows.

    Parameters
    ----------
    training_set
        A row per customer and past snapshot, the one that ``models`` were fitted on.
    targets
        What is predicted.
    models
        The registry; candidates are the rows whose ``candidate_in_run_id`` is this run.
    replays
        The fits of the candidates at past origins (:func:`tessera.propensity.fit_replays`).
    remembered
        The evidence as earlier runs left it; columns of ``PROPENSITY_EVALUATIONS_SCHEMA``.
    run
        The build.

    Returns
    -------
    DataFrame
        A row per model, split (origin or ``all_origins``) and metric, with its value and 95 %
        interval, the baseline's value on the same people and the skill (see
        :meth:`tessera.metrics.Metric.skill`). Ordered by ``PROPENSITY_EVALUATIONS_ORDER``.
    """
    is_candidate = models["candidate_in_run_id"] == run.run_id
    fresh: list[dict[str, Any]] = []
    for target in targets:
        candidates = models[is_candidate & (models["target"] == target.name)]
        if not candidates["model_id"].isin(remembered["model_id"]).all():
            rows = labelled_rows(training_set, target)
            evaluated = _evaluated(rows, target, registry.records(candidates), replays, run)
            known_models = set(remembered["model_id"])
            fresh += [line for line in evaluated if line["model_id"] not in known_models]
    known = registry.records(remembered)
    if not known and not fresh:
        return remembered
    evidence = pd.DataFrame(known + fresh, columns=PROPENSITY_EVALUATIONS_SCHEMA.names)
    return evidence.sort_values(list(PROPENSITY_EVALUATIONS_ORDER), ignore_index=True)


def _evaluated(
    rows: Labelled,
    target: Target,
    candidates: list[dict[str, Any]],
    replays: pd.DataFrame,
    run: Run,
) -> Iterator[dict[str, Any]]:
    """Yield the evidence of a target's candidates."""
    origins = choose_origins(rows, target)
    if not origins:
        return
    scored_by: dict[str, list[Scored]] = {}
    for candidate in candidates:
        fits = load_replays(replays, candidate["model_id"], origins)
        models = calibrate(rows, target, origins, fits).models
        scored_by[candidate["algorithm"]] = [
            score_origin(rows, *each) for each in zip(origins, models, strict=True)
        ]
    by_prevalence = [score_origin_by_prevalence(rows, origin) for origin in origins]
    rule = next(name for name in RULES if name in scored_by)
    for candidate in candidates:
        algorithm = candidate["algorithm"]
        is_rule = algorithm in RULES
        baseline = by_prevalence if is_rule else scored_by[rule]
        said = {key: candidate[key] for key in ("model_id", "target", "algorithm")}
        said |= {"baseline_name": PREVALENCE if is_rule else rule, "run_id": run.run_id}
        measured = _measured(origins, scored_by[algorithm], baseline, run.seed)
        yield from ({**said, **line} for line in measured)


def _measured(
    origins: list[Origin], scored: list[Scored], baseline: list[Scored], seed: int
) -> Iterator[dict[str, Any]]:
    """Yield a line per split and metric: value, interval, baseline, skill, counts."""
    each, mean = estimate(scored, seed)
    each_baseline, mean_baseline = estimate(baseline, seed)
    labels = [of_origin.labels for of_origin in scored]
    splits = [origin.split for origin in origins]
    if len(origins) >= FEWEST_ORIGINS:
        yield from _lines(ALL_ORIGINS, mean, mean_baseline, labels)
    for split, of_model, of_baseline, told in zip(splits, each, each_baseline, labels, strict=True):
        yield from _lines(split, of_model, of_baseline, [told])


def _lines(
    split: str,
    of_model: dict[str, Estimate],
    of_baseline: dict[str, Estimate],
    labels: list[np.ndarray],
) -> Iterator[dict[str, Any]]:
    rows, positives = sum(map(len, labels)), int(sum(told.sum() for told in labels))
    for metric in METRICS:
        found, base = of_model[metric.name], of_baseline[metric.name]
        yield {
            "split": split,
            "metric": metric.name,
            "value": found.value,
            "low": found.low,
            "high": found.high,
            "baseline_value": base.value,
            "skill": metric.skill(found.value, base.value, positives / rows),
            "rows": rows,
            "positives": positives,
        }
