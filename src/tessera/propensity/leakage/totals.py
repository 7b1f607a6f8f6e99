"""Totals: a model too good to be true, one that leans on one feature, one that learnt by heart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tessera.metrics import roc_auc
from tessera.propensity.leakage.finding import ModelLeak
from tessera.propensity.leakage.importance import ROWS
from tessera.propensity.leakage.measures import LAWFUL_FORESIGHT
from tessera.propensity.leakage.power import OVER_THE_RULE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tessera.propensity.leakage.evidence import Evidence, Judged

TOO_GOOD = 0.95
"""AUC, low end. Complete Journey's best models have .87 and .88; what people do next month is not
known better unless one habit, such as a subscription's, nearly tells it alone."""
HABIT = 0.90
"""AUC of a lawful habit alone from which a total above :data:`TOO_GOOD` is no surprise."""
DOMINANT = 0.5
"""Share of importance. Each of our trees sees a third of the features, so that a lawful one seldom
has a quarter (Complete Journey: .14 and .18)."""
GAP = 0.15
"""AUC on the rows learnt from above that on others.
Complete Journey: at most .022 on 18,000 rows."""
ROWS_FOR_A_GAP = 2_000
"""Rows learnt from below which every model knows its rows by heart."""


def suspicious_models(evidence: Evidence) -> Iterator[ModelLeak]:
    """Yield what is suspicious about each model as a whole, with the feature it leans on."""
    habit = _best_habit(evidence)
    for judged in evidence.judged:
        shares = judged.importance
        if not shares:
            continue
        leader = max(shares, key=lambda name: shares[name])
        if judged.auc_low > TOO_GOOD and habit < HABIT:
            yield _too_good(judged, leader, habit)
        if len(shares) > 1:
            yield from _dominated(evidence, judged, leader, shares[leader])
        yield from _learnt_by_heart(judged, leader)


def _best_habit(evidence: Evidence) -> float:
    """Return the best AUC of a feature that says as much of the past as of the future."""
    measures = evidence.measures
    is_habit = measures.foresight() < LAWFUL_FORESIGHT
    alone = np.nan_to_num(measures.alone, nan=0.5)
    return max(float(np.where(is_habit, alone, 0.5).max(initial=0.5)), evidence.rule_auc)


def _too_good(judged: Judged, leader: str, habit: float) -> ModelLeak:
    return ModelLeak(
        "total_too_good",
        leader,
        observed=judged.auc,
        threshold=TOO_GOOD,
        model_id=judged.model_id,
        words=(
            f"{judged.algorithm} reaches an AUC of {judged.auc:.3f}, though no habit alone says "
            f"more than {habit:.3f}; it leans on '{leader}' most. Look when that becomes known."
        ),
    )


def _dominated(
    evidence: Evidence, judged: Judged, leader: str, share: float
) -> Iterator[ModelLeak]:
    measures = evidence.measures
    if share < DOMINANT or leader not in measures.names:
        return
    place = measures.names.index(leader)
    beyond = float(measures.alone_low[place]) - evidence.rule_auc
    if beyond < OVER_THE_RULE or not measures.foresight()[place] >= LAWFUL_FORESIGHT:
        return
    yield ModelLeak(
        "one_feature_dominates",
        leader,
        observed=share,
        threshold=DOMINANT,
        model_id=judged.model_id,
        words=(
            f"'{leader}' carries {share:.0%} of what {judged.algorithm} says, more than recency "
            "could, and says more of the future than of the past. Look when it becomes known."
        ),
    )


def _learnt_by_heart(judged: Judged, leader: str) -> Iterator[ModelLeak]:
    if len(judged.training) < ROWS_FOR_A_GAP:
        return
    step = max(len(judged.training) // ROWS, 1)
    chosen = np.arange(len(judged.training)) % step == 0
    learnt = judged.training.where(chosen)
    found = [
        float(roc_auc(rows.labels, judged.model.predict_probability(rows.features))[0])
        for rows in (learnt, judged.scored)
    ]
    gap = found[0] - found[1]
    if gap > GAP:
        yield ModelLeak(
            "training_gap",
            leader,
            observed=gap,
            threshold=GAP,
            model_id=judged.model_id,
            words=(
                f"{judged.algorithm} has an AUC of {found[0]:.3f} on the rows it learnt from and "
                f"{found[1]:.3f} on others: it learnt rows by heart, or '{leader}' was filled in "
                "only where the answer had been known for long."
            ),
        )
