"""Score distributions: how the scores of each target are spread, beside the build before.

Scores that have moved while the model stands say that the customers, or the feeds, have. The gate
reads the population stability index off this table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera import frames
from tessera.propensity.schemas import SCORE_DISTRIBUTIONS_ORDER, SCORE_DISTRIBUTIONS_SCHEMA

if TYPE_CHECKING:
    from tessera.runs import Run

BINS = 10
"""Equal steps of probability: places that stay, so that two builds can be compared."""


def distribute_scores(scores: pd.DataFrame, remembered: pd.DataFrame, run: Run) -> pd.DataFrame:
    """Count the scores per target and bin, beside the shares of the build before.

    Parameters
    ----------
    scores
        A row per customer and target: ``target``, ``probability``.
    remembered
        The table as the last build left it; columns of ``SCORE_DISTRIBUTIONS_SCHEMA``. Other feeds
        are another company: nothing is compared with them. A build that is run once more is
        compared with what it was compared with at first.
    run
        The build.

    Returns
    -------
    DataFrame
        A row per target and bin, ordered by ``SCORE_DISTRIBUTIONS_ORDER``; ``bin`` 1 is from 0 to
        below .1, 10 from .9 to 1. ``previous_share`` is None in the first build of a target.
    """
    if scores.empty:
        return frames.empty(SCORE_DISTRIBUTIONS_SCHEMA)
    spread = pd.concat(
        [_spread(target, scored) for target, scored in scores.groupby("target", sort=True)],
        ignore_index=True,
    )
    same_feeds = remembered[remembered["feeds_folder"] == run.feeds_folder]
    found = spread.merge(_before(same_feeds, run), on=["target", "bin"], how="left")
    found = found.assign(feeds_folder=run.feeds_folder, run_id=run.run_id)
    ordered = found.sort_values(list(SCORE_DISTRIBUTIONS_ORDER), ignore_index=True)
    return ordered[list(SCORE_DISTRIBUTIONS_SCHEMA.names)]


def _spread(target: object, scored: pd.DataFrame) -> pd.DataFrame:
    """Return a row per bin of one target, empty bins too."""
    places = (scored["probability"].to_numpy() * BINS).astype(np.int64).clip(0, BINS - 1)
    customers = np.bincount(places, minlength=BINS)
    return pd.DataFrame(
        {
            "target": target,
            "bin": np.arange(1, BINS + 1),
            "customers": customers,
            "share": customers / len(scored),
        }
    )


def _before(remembered: pd.DataFrame, run: Run) -> pd.DataFrame:
    """Return what each target and bin is compared with."""
    is_again = remembered["run_id"] == run.run_id
    share = remembered["previous_share"].where(is_again, remembered["share"])
    run_id = remembered["previous_run_id"].where(is_again, remembered["run_id"])
    return remembered[["target", "bin"]].assign(previous_share=share, previous_run_id=run_id)
