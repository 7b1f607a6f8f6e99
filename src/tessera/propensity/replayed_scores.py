"""Replayed scores: what the champions would have said at past origins, and what then happened.

Each customer is scored by a fit that never saw them, calibrated by what was known at the origin,
and stands in the segment that the features of that day put them in: today's segment has seen what
they did since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera import frames, registry
from tessera.propensity.calibrated import calibrate
from tessera.propensity.labelled import labelled_rows
from tessera.propensity.protocol import choose_origins, score_origin
from tessera.propensity.replays import load_replays
from tessera.propensity.schemas import REPLAYED_SCORES_SCHEMA
from tessera.propensity.scoring import deciles, percentiles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tessera.bootstrap import Scored
    from tessera.propensity.targets import Target
    from tessera.runs import Run

_SEGMENT = ["snapshot_at", "customer_id", "segment_id", "segment_name"]


def replay_scores(
    training_set: pd.DataFrame,
    targets: Sequence[Target],
    champions: pd.DataFrame,
    replays: pd.DataFrame,
    assignments: pd.DataFrame,
    run: Run,
) -> pd.DataFrame:
    """Score the people of past origins as the champion of each target would have.

    Parameters
    ----------
    training_set
        A row per customer and past snapshot, the one that the champions were fitted on.
    targets
        What is predicted.
    champions
        A row per target: the champion's row of the registry.
    replays
        The fits of the candidates at past origins.
    assignments
        The segment of each customer and past snapshot; one without has no segment.
    run
        The build.

    Returns
    -------
    DataFrame
        A row per target, origin and customer, columns of ``REPLAYED_SCORES_SCHEMA``, in that
        order. ``decile`` is the place among those of the same origin. A champion that no past
        origin could judge has none.
    """
    found: list[pd.DataFrame] = []
    for target in sorted(targets, key=lambda each: each.name):
        for champion in registry.records(champions[champions["target"] == target.name]):
            said = {"target": target.name, "model_id": champion["model_id"], "run_id": run.run_id}
            replayed = _replayed(training_set, target, champion["model_id"], replays)
            found += [scores.assign(**said) for scores in replayed]
    if not found:
        return frames.empty(REPLAYED_SCORES_SCHEMA)
    scores = pd.concat(found, ignore_index=True)
    placed = scores.merge(
        assignments[_SEGMENT], on=["snapshot_at", "customer_id"], how="left", validate="many_to_one"
    )
    return placed[list(REPLAYED_SCORES_SCHEMA.names)]


def _replayed(
    training_set: pd.DataFrame, target: Target, model_id: str, replays: pd.DataFrame
) -> Iterator[pd.DataFrame]:
    """Yield the scores of each origin, oldest first."""
    rows = labelled_rows(training_set, target)
    origins = choose_origins(rows, target)
    if not origins:
        return
    fits = load_replays(replays, model_id, origins)
    models = calibrate(rows, target, origins, fits).models
    for origin, of_origin in zip(origins, models, strict=True):
        yield _told(score_origin(rows, origin, of_origin)).assign(snapshot_at=origin.snapshot_at)


def _told(scored: Scored) -> pd.DataFrame:
    told = pd.DataFrame(
        {
            "customer_id": scored.customer_ids.astype(object),
            "probability": scored.probabilities,
            "label": scored.labels.astype(np.bool_),
            "decile": deciles(percentiles(scored.probabilities)),
        }
    )
    return told.sort_values("customer_id", ignore_index=True)
