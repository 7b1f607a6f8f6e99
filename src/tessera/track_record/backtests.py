"""Backtests: at each past origin, what would have been promised there, and what then happened.

The promise is what the protocol would have quoted standing at the origin: the mean over the newest
origins whose horizons had ended by then, four at most. What happened is the metric at the origin
itself. Both sides are scored by fits that never saw the people they score.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from tessera import frames, registry
from tessera.bootstrap import estimate_gaps
from tessera.metrics import METRICS
from tessera.propensity.protocol import MOST_ORIGINS
from tessera.track_record.past_scores import past_scores
from tessera.track_record.promises import PROMISED
from tessera.track_record.schemas import PROPENSITY_BACKTESTS_ORDER, PROPENSITY_BACKTESTS_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tessera.bootstrap import Estimate
    from tessera.propensity import Target
    from tessera.propensity.protocol import Origin
    from tessera.runs import Run
    from tessera.track_record.past_scores import PastScores


def backtest_champions(
    training_set: pd.DataFrame,
    targets: Sequence[Target],
    champions: pd.DataFrame,
    replays: pd.DataFrame,
    remembered: pd.DataFrame,
    run: Run,
) -> pd.DataFrame:
    """Return what each champion's algorithm would have promised at past origins, and kept.

    Parameters
    ----------
    training_set
        A row per customer and past snapshot, the one that the champions were fitted on.
    targets
        What is predicted.
    champions
        A row per target: the champion's row of the registry.
    replays
        Fits of the champions at past origins: those of the evaluation, and the older ones.
    remembered
        The table as the last run left it; what it says of a champion is not measured again.
    run
        The build.

    Returns
    -------
    DataFrame
        Columns of ``PROPENSITY_BACKTESTS_SCHEMA``, ordered by ``PROPENSITY_BACKTESTS_ORDER``. An
        origin before which none had closed promises nothing and has no row.
    """
    kept = remembered[remembered["model_id"].isin(champions["model_id"])]
    fresh = champions[~champions["model_id"].isin(kept["model_id"])]
    lines = [
        {**line, "run_id": run.run_id}
        for past in past_scores(training_set, targets, fresh, replays)
        for line in _backtested(past, run.seed)
    ]
    told = registry.records(kept) + lines
    if not told:
        return frames.empty(PROPENSITY_BACKTESTS_SCHEMA)
    backtests = pd.DataFrame(told, columns=PROPENSITY_BACKTESTS_SCHEMA.names)
    return backtests.sort_values(list(PROPENSITY_BACKTESTS_ORDER), ignore_index=True)


def closed_before(origins: Sequence[Origin], target: Target) -> dict[int, list[int]]:
    """Return, by place of an origin, those that a promise made there rests on; at least one."""
    closed = {
        place: [
            earlier
            for earlier in range(place)
            if origins[earlier].snapshot_at + target.horizon <= origin.snapshot_at
        ]
        for place, origin in enumerate(origins)
    }
    return {place: earlier[-MOST_ORIGINS:] for place, earlier in closed.items() if earlier}


def _backtested(past: PastScores, seed: int) -> Iterator[dict[str, Any]]:
    """Yield a line per origin with a promise, and metric."""
    before = closed_before(past.origins, past.target)
    if not before:
        return
    for metric in (metric for metric in METRICS if metric.name in PROMISED):
        for place, told in estimate_gaps(past.scored, before, metric, seed).items():
            labels = past.scored[place].labels
            yield {
                "target": past.target.name,
                "origin_at": past.origins[place].snapshot_at,
                "metric": metric.name,
                "algorithm": past.champion["algorithm"],
                "model_id": past.champion["model_id"],
                **_intervals(told),
                "promise_origins": len(before[place]),
                "rows": len(labels),
                "positives": int(labels.sum()),
            }


def _intervals(told: tuple[Estimate, Estimate, Estimate]) -> dict[str, float]:
    promised, realised, gap = told
    return {
        "promised_value": promised.value,
        "promised_low": promised.low,
        "promised_high": promised.high,
        "realised_value": realised.value,
        "realised_low": realised.low,
        "realised_high": realised.high,
        "gap": gap.value,
        "gap_low": gap.low,
        "gap_high": gap.high,
    }
