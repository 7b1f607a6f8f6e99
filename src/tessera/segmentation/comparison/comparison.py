"""The comparison: how much of the future each segmentation explains, whichever wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tessera.segmentation.comparison.groupings import TESSERA, all_groupings
from tessera.segmentation.comparison.lifts import lift_of_top
from tessera.segmentation.comparison.pasts import OUTCOMES, PASTS, choose_pasts
from tessera.segmentation.comparison.reasons import with_reasons
from tessera.segmentation.comparison.schemas import SEGMENT_COMPARISONS_SCHEMA
from tessera.segmentation.comparison.shares import mean_shares, person_weights
from tessera.segmentation.measures import interval, mean_known
from tessera.segmentation.model import read_model
from tessera.segmentation.schemas import empty_frame

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tessera.runs import Run
    from tessera.segmentation.comparison.groupings import Grouping
    from tessera.segmentation.outcomes import Origin

    Floats = NDArray[np.float64]

KEYS = ["segments", "outcome"]


def compare_segmentations(
    training_set: pd.DataFrame,
    champions: pd.DataFrame,
    rule_segments: pd.DataFrame,
    published: pd.DataFrame,
    run: Run,
) -> pd.DataFrame:
    """Hold the champion against RFM, a ranking of spend and the shop's own rules, out of time.

    Parameters
    ----------
    training_set
        What :func:`~tessera.segmentation.comparison.pasts.read_pasts` read.
    champions
        The champion's row of ``segment_models``, or no row.
    rule_segments
        ``rule_segments_at_snapshots``: what was valid and known at each past snapshot.
    published
        Segments as they were told at past snapshots by a model fitted before: ``customer_id``,
        ``snapshot_at``, ``segment_id``.
    run
        The build.

    Returns
    -------
    DataFrame
        Columns of ``SEGMENT_COMPARISONS_SCHEMA``: a row per segmentation, number of segments and
        outcome. ``explained_share`` is eta squared, the mean over the pasts; ``difference`` is what
        the segments explain more than this row's segmentation (less, where it is negative), with
        the interval of the same draws of people. A shop too young has rows without figures.
    """
    if champions.empty:
        return empty_frame(SEGMENT_COMPARISONS_SCHEMA)
    model = read_model(champions.iloc[0])
    pasts = choose_pasts(training_set)
    if len(pasts) < PASTS or model.segments == 1:
        rows = [_unknown(outcome, model.segments, len(pasts)) for outcome in OUTCOMES]
    else:
        groupings = all_groupings(pasts, model, rule_segments, published, run.seed)
        rows = with_reasons([*_measured(pasts, groupings, run.seed)])
    stamps = {
        "model_id": champions.iloc[0]["model_id"],
        "run_id": run.run_id,
        "scored_at": run.run_started_at,
    }
    frame = pd.DataFrame(rows).assign(**stamps)[SEGMENT_COMPARISONS_SCHEMA.names]
    return frame.sort_values([*KEYS, "segmentation"], ignore_index=True)


def _measured(
    pasts: Sequence[Origin], groupings: Sequence[Grouping], seed: int
) -> Iterator[dict[str, Any]]:
    weights = person_weights(pasts, seed)
    for outcome in OUTCOMES:
        shares = [mean_shares(pasts, each.labels, outcome, weights) for each in groupings]
        ours = {
            each.segments: share
            for each, share in zip(groupings, shares, strict=True)
            if each.name == TESSERA
        }
        for grouping, share in zip(groupings, shares, strict=True):
            apart = ours[grouping.segments] - share
            yield {
                **_described(grouping, pasts, outcome),
                **_figures("explained_share", "", share),
                **_figures(
                    "difference",
                    "difference_",
                    np.full_like(apart, np.nan) if grouping.name == TESSERA else apart,
                ),
            }


def _described(grouping: Grouping, pasts: Sequence[Origin], outcome: str) -> dict[str, Any]:
    lifts = np.array(
        [
            lift_of_top(past, labels, outcome)
            for past, labels in zip(pasts, grouping.labels, strict=True)
        ]
    )
    return {
        "segmentation": grouping.name,
        "segments": grouping.segments,
        "outcome": outcome,
        "lift_top_segment": mean_known(lifts[:, 0]),
        "top_segment_share": mean_known(lifts[:, 1]),
        "origins": len(pasts),
        "evaluated_rows": sum(int((~np.isnan(past.outcomes[outcome])).sum()) for past in pasts),
    }


def _figures(name: str, prefix: str, draws: Floats) -> dict[str, float]:
    low, high = interval(draws[1:])
    return {name: float(draws[0]), f"{prefix}low": low, f"{prefix}high": high}


def _unknown(outcome: str, segments: int, origins: int) -> dict[str, Any]:
    figures = (
        *("explained_share", "low", "high", "difference", "difference_low", "difference_high"),
        *("lift_top_segment", "top_segment_share"),
    )
    reason = (
        "one segment can be held against nothing"
        if segments == 1
        else f"the past holds {origins} snapshots whose 90 days are over and one before; {PASTS} "
        "are needed"
    )
    return {
        **dict.fromkeys(figures, np.nan),
        "segmentation": TESSERA,
        "segments": segments,
        "outcome": outcome,
        "origins": origins,
        "evaluated_rows": 0,
        "is_best": False,
        "reason": reason,
    }
