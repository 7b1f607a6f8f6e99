"""Availability: a feature that the past has and the newest snapshot, whose answer is open, has not.

What is filled in once the answer is known varies in every closed snapshot, and today is still
NULL, 0 or whatever stands there before. So the rule asks whether a value has become far more common
than it ever was. The reverse is no leak: a feed that has begun, a sale that everybody came to. Nor
is what says as much of the past as of the future: orders, in a month in which the shop was closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tessera.propensity.leakage.finding import ModelLeak
from tessera.propensity.leakage.measures import FEWEST_OF_A_CLASS, LAWFUL_FORESIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tessera.propensity.leakage.evidence import Evidence

JUMP = 0.25
"""Rise of a value's share above its highest past one. Shares of two snapshots of 100 customers
differ by .14 in one of twenty cases by chance alone."""
TIMES_THE_USUAL = 3.0
"""Times the largest change between neighbouring past snapshots: a season shows in those too."""
TIMES_THE_OTHERS = 3.0
"""Times the rise that a tenth of the features have: else it is the shop that has changed."""
POWER = 0.60
"""AUC, low end: what moves and says nothing of the answer may harm, but is no leak."""
FEWEST_FEATURES = 10
"""Features of which a tenth can be told."""
FEWEST_SNAPSHOTS = 3
"""Past snapshots that show what is usual."""


def features_filled_later(evidence: Evidence) -> Iterator[ModelLeak]:
    """Yield telling features that look at the newest snapshot as they never did before."""
    snapshots = _large_snapshots(evidence)
    if len(snapshots) < FEWEST_SNAPSHOTS or len(evidence.scoring) < 2 * FEWEST_OF_A_CLASS:
        return
    measures, foresight = evidence.measures, evidence.measures.foresight()
    found = [_emptied(evidence, name, snapshots) for name in measures.names]
    rises = np.array([rise for rise, *_ in found])
    others = float(np.quantile(rises, 0.9)) if len(rises) >= FEWEST_FEATURES else 0.0
    for place, (rise, usual, can_be_grown) in enumerate(found):
        floor = min(TIMES_THE_OTHERS * others, 0.9)
        threshold = max(JUMP, TIMES_THE_USUAL * usual, floor)
        has_no_news = foresight[place] < LAWFUL_FORESIGHT
        is_telling = measures.alone_low[place] >= POWER and not has_no_news
        if is_telling and rise >= threshold:
            severity = "warning" if can_be_grown else "critical"
            yield _leak(evidence, place, rise, threshold, severity)


def _emptied(
    evidence: Evidence, name: str, snapshots: list[NDArray[np.bool_]]
) -> tuple[float, float, bool]:
    """Return by how much today's most common value has grown, and how much it used to change.

    And whether customers may have grown into it: what is not filled in yet is NULL, a level, or the
    least number there is, such as 0. Any other may be the twelve orders in a subscriber's year.
    """
    today, seen = evidence.scoring[name], evidence.rows.features[name]
    is_null = float(today.isna().mean())
    shares = today.value_counts(normalize=True, dropna=True) * (1.0 - is_null)
    if len(shares) and shares.iloc[0] > is_null:
        can_be_grown = bool(seen.dtype == np.float64 and shares.index[0] > seen.min())
        share, rests = float(shares.iloc[0]), (seen == shares.index[0]).to_numpy(dtype=np.bool_)
    else:
        can_be_grown = False
        share, rests = is_null, seen.isna().to_numpy(dtype=np.bool_)
    past = np.array([float(rests[rows].mean()) for rows in snapshots])
    return share - float(past.max()), float(np.abs(np.diff(past)).max()), can_be_grown


def _leak(
    evidence: Evidence, place: int, rise: float, threshold: float, severity: str
) -> ModelLeak:
    name = evidence.measures.names[place]
    nulls = [float(each[name].isna().mean()) for each in (evidence.scoring, evidence.rows.features)]
    return ModelLeak(
        "filled_in_later",
        name,
        observed=rise,
        threshold=threshold,
        severity=severity,
        words=(
            f"'{name}' foretells the past (AUC {evidence.measures.alone[place]:.3f}), and for the "
            f"customers to be scored one value is {rise:.0%} more frequent than it ever was (NULL: "
            f"{nulls[0]:.0%} today, {nulls[1]:.0%} before): it is filled in when the answer is "
            "known. Take its value as of the snapshot."
        ),
    )


def _large_snapshots(evidence: Evidence) -> list[NDArray[np.bool_]]:
    """Return the rows of each snapshot that has enough of them, oldest first."""
    at = evidence.rows.snapshot_at
    masks = [(at == snapshot).to_numpy() for snapshot in np.sort(at.unique())]
    return [mask for mask in masks if mask.sum() >= 2 * FEWEST_OF_A_CLASS]
