"""What a build scored, kept so that a later build can ask what came of it: a bounded sample.

Of each target the newest :data:`MOST_SNAPSHOTS` snapshots stay, at least :data:`DAYS_BETWEEN` days
apart: a shop that builds every night keeps a score a week, and a horizon of ninety days still
closes before its scores are let go. Customers are chosen by hash, the same ones at each snapshot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from tessera.hashing import hashed_shares
from tessera.track_record.schemas import REMEMBERED_SCORES_ORDER, REMEMBERED_SCORES_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tessera.propensity import Target
    from tessera.runs import Run

MOST_CUSTOMERS = 50_000
"""Customers kept per target and snapshot: the interval of an AUC of .8 is then .01 wide at most
where a twentieth of them are positive."""
MOST_SNAPSHOTS = 20
"""Snapshots kept per target: 20 weeks hold a horizon of 90 days with a month to spare."""
DAYS_BETWEEN = 7
"""Days between two that are kept: scores of neighbouring days promise much the same."""

_KEY = ["target", "snapshot_at"]


def remember_scores(
    scores: pd.DataFrame, targets: Sequence[Target], earlier: pd.DataFrame, run: Run
) -> pd.DataFrame:
    """Return the scores remembered, with a sample of this run's.

    Parameters
    ----------
    scores
        A row per eligible customer and target, as in ``propensity_scores``.
    targets
        What is predicted.
    earlier
        The table as the last run left it; columns of ``REMEMBERED_SCORES_SCHEMA``.
    run
        The build. A target scored twice at one snapshot is remembered as it was scored last.

    Returns
    -------
    DataFrame
        Columns of ``REMEMBERED_SCORES_SCHEMA``, ordered by ``REMEMBERED_SCORES_ORDER``. Scores
        over other feeds are another shop's: they are let go.
    """
    known = earlier[earlier["feeds_folder"] == run.feeds_folder]
    fresh = _sampled(scores, {target.name: target.horizon for target in targets}, run)
    for (target, snapshot_at), rows in fresh.groupby(_KEY, sort=True):
        of_target = known["target"] == target
        distances = (known.loc[of_target, "snapshot_at"] - snapshot_at).abs()
        again = of_target & (known["snapshot_at"] == snapshot_at)
        if not again.any() and (distances < pd.Timedelta(days=DAYS_BETWEEN)).any():
            continue
        known = pd.concat([known[~again], rows], ignore_index=True) if len(known) else rows
    kept = known[_is_among_newest(known)]
    return kept.sort_values(list(REMEMBERED_SCORES_ORDER), ignore_index=True)


def _sampled(scores: pd.DataFrame, horizons: dict[str, pd.Timedelta], run: Run) -> pd.DataFrame:
    told = scores[["target", "snapshot_at", "customer_id", "probability", "model_id"]]
    told = told[told["target"].isin(list(horizons))]
    share = pd.Series(hashed_shares(told["customer_id"], "remembered score"), index=told.index)
    rank = share.groupby(told["target"]).rank(method="first")
    sampled = told[rank <= MOST_CUSTOMERS]
    return sampled.assign(
        closes_at=sampled["snapshot_at"] + pd.to_timedelta(sampled["target"].map(horizons)),
        feeds_folder=run.feeds_folder,
        run_id=run.run_id,
    )[list(REMEMBERED_SCORES_SCHEMA.names)]


def _is_among_newest(rows: pd.DataFrame) -> pd.Series:
    rank = rows.groupby("target")["snapshot_at"].rank(method="dense", ascending=False)
    is_kept: pd.Series = rank <= MOST_SNAPSHOTS
    return is_kept
