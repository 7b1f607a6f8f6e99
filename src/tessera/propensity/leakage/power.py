"""Single-feature power: a feature that alone says more than all that a shop could have known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tessera.propensity.leakage.finding import ModelLeak

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tessera.propensity.leakage.evidence import Evidence

STRONG_ALONE = 0.85
"""AUC of one feature, low end: as much as the best of 403 lawful ones on Complete Journey (.848 for
churn, .861 for purchase), which say even more of the past."""
TELLING_ALONE = 0.70
"""Below, a leak is weaker than recency itself, and nothing in the numbers tells it from a habit."""
OVER_THE_RULE = 0.05
"""More than the one-line rule says; what recency explains needs no other explanation."""
FORESIGHT = 0.08
"""AUC for the coming horizon above that for the last one: three times the most that any of the
403 features of Complete Journey has (.024)."""
GREAT_FORESIGHT = 0.15
"""From here on a feature of :data:`TELLING_ALONE` is told as well. It stops nothing: a notice that
a customer has given says nothing of the past either, and is lawful."""
SETTLES = 0.97
"""AUC, low end, from which one feature stops a build where the past cannot be asked. Below, from
:data:`STRONG_ALONE`, it is a warning: the demo shop's kinds of people differ as much lawfully."""


def powerful_features(evidence: Evidence) -> Iterator[ModelLeak]:
    """Yield features that alone know the future, and much better than the past."""
    measures = evidence.measures
    foresight = measures.foresight()
    floor = evidence.rule_auc + OVER_THE_RULE
    for place in np.argsort(-np.nan_to_num(measures.alone)):
        alone, low = float(measures.alone[place]), float(measures.alone_low[place])
        if alone >= floor and np.isnan(foresight[place]) and low >= STRONG_ALONE:
            is_settled = low >= SETTLES
            bound = SETTLES if is_settled else STRONG_ALONE
            severity = "critical" if is_settled else "warning"
            yield _leak(measures.names[place], alone, bound, severity, _alone(evidence, alone))
        is_strong = alone >= floor and low >= STRONG_ALONE and foresight[place] >= FORESIGHT
        is_telling = (
            low >= TELLING_ALONE
            and foresight[place] >= GREAT_FORESIGHT
            and measures.names[place] not in evidence.target.compared_with
        )
        if is_strong or is_telling:
            bound = STRONG_ALONE if is_strong else TELLING_ALONE
            severity = "critical" if is_strong else "warning"
            seen = (
                f"{_alone(evidence, alone)} and says {foresight[place]:.3f} more of the coming "
                f"{evidence.target.horizon_days} days than of those before the snapshot, which "
                "it is made of"
            )
            yield _leak(measures.names[place], alone, bound, severity, seen)


def _alone(evidence: Evidence, alone: float) -> str:
    return f"alone reaches an AUC of {alone:.3f} (the one-line rule: {evidence.rule_auc:.3f})"


def _leak(name: str, observed: float, threshold: float, severity: str, seen: str) -> ModelLeak:
    advice = "Look when its value becomes known, and leave it out until then."
    return ModelLeak(
        "single_feature_power",
        name,
        observed=observed,
        threshold=threshold,
        severity=severity,
        words=f"'{name}' {seen}. {advice}",
    )
