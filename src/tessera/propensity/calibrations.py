"""Calibrations: what each candidate's probabilities mean today, learnt from what it said before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from tessera import registry
from tessera.propensity.calibrated import calibrate
from tessera.propensity.labelled import labelled_rows
from tessera.propensity.protocol import choose_origins
from tessera.propensity.replays import load_replays
from tessera.propensity.schemas import (
    PROPENSITY_CALIBRATIONS_ORDER,
    PROPENSITY_CALIBRATIONS_SCHEMA,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tessera.propensity.calibrated import Calibrated
    from tessera.propensity.targets import Target
    from tessera.runs import Run


def calibrate_candidates(
    training_set: pd.DataFrame,
    targets: Sequence[Target],
    models: pd.DataFrame,
    replays: pd.DataFrame,
    remembered: pd.DataFrame,
    run: Run,
) -> pd.DataFrame:
    """Return the calibrations of this run's candidates: those remembered, and those that are new.

    Parameters
    ----------
    training_set
        A row per customer and past snapshot, the one that ``models`` were fitted on.
    targets
        What is predicted.
    models
        The registry; candidates are the rows whose ``candidate_in_run_id`` is this run.
    replays
        The fits of the candidates at past origins.
    remembered
        The table as the last run left it; columns of ``PROPENSITY_CALIBRATIONS_SCHEMA``.
    run
        The build.

    Returns
    -------
    DataFrame
        A row per candidate, ordered by ``PROPENSITY_CALIBRATIONS_ORDER``. One that no past origin
        could judge has none: its probabilities stand as they are.
    """
    candidates = models[models["candidate_in_run_id"] == run.run_id]
    kept = remembered[remembered["model_id"].isin(candidates["model_id"])]
    fresh = candidates[~candidates["model_id"].isin(kept["model_id"])]
    lines: list[dict[str, Any]] = []
    for target in targets:
        of_target = registry.records(fresh[fresh["target"] == target.name])
        if of_target:
            lines += _lines(training_set, target, of_target, replays, run)
    columns = PROPENSITY_CALIBRATIONS_SCHEMA.names
    calibrations = pd.DataFrame(registry.records(kept) + lines, columns=columns)
    return calibrations.sort_values(list(PROPENSITY_CALIBRATIONS_ORDER), ignore_index=True)


def with_calibrations(models: pd.DataFrame, calibrations: pd.DataFrame) -> pd.DataFrame:
    """Add the column ``calibration`` to rows of the registry; None where a model has none."""
    known = dict(zip(calibrations["model_id"], calibrations["calibration"], strict=True))
    return models.assign(calibration=[known.get(model_id) for model_id in models["model_id"]])


def _lines(
    training_set: pd.DataFrame,
    target: Target,
    candidates: list[dict[str, Any]],
    replays: pd.DataFrame,
    run: Run,
) -> Iterator[dict[str, Any]]:
    rows = labelled_rows(training_set, target)
    origins = choose_origins(rows, target)
    if not origins:
        return
    for candidate in candidates:
        fits = load_replays(replays, candidate["model_id"], origins)
        said = {key: candidate[key] for key in ("model_id", "target", "algorithm")}
        yield {**said, **_told(calibrate(rows, target, origins, fits)), "run_id": run.run_id}


def _told(calibrated: Calibrated) -> dict[str, Any]:
    return {
        "method": calibrated.published.method,
        "calibration": calibrated.published.to_text(),
        **{
            f"log_loss_{method}": calibrated.log_losses.get(method)
            for method in ("none", "platt", "isotonic")
        },
    }
