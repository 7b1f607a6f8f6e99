"""Derivation: a feature that is the target, its amount, or a part of either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import rankdata

from tessera.propensity.leakage.finding import ModelLeak
from tessera.propensity.leakage.measures import LAWFUL_FORESIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tessera.metrics import Floats
    from tessera.propensity.leakage.evidence import Evidence

ALIKE = 0.95
"""Spearman's rank correlation with a column that looks forward. The best lawful feature of Complete
Journey has .78 with the amount of the next 90 days. A subscription's fee has more: so foresight is
asked as well."""
FEWEST_ROWS = 100
"""Rows with an outcome: with fewer a correlation of .95 may be one of .9."""


def derived_features(evidence: Evidence) -> Iterator[ModelLeak]:
    """Yield features that run along with an outcome and foretell the answer beyond the rule."""
    measures, foresight = evidence.measures, evidence.measures.foresight()
    for outcome in evidence.outcomes.columns:
        told = evidence.outcomes[outcome].to_numpy(dtype=np.float64)
        for place, name in enumerate(measures.names):
            # Only what foretells needs to be compared: everything else says nothing of the answer.
            foretells = measures.alone[place] > evidence.rule_auc
            has_no_news = not foretells or foresight[place] < LAWFUL_FORESIGHT
            values = evidence.rows.features[name]
            if has_no_news or values.dtype != np.float64:
                continue
            alike = rank_correlation(values.to_numpy(), told)
            if alike >= ALIKE:
                yield ModelLeak(
                    "derived_from_the_answer",
                    name,
                    observed=alike,
                    threshold=ALIKE,
                    words=(
                        f"'{name}' runs along with '{outcome}', which is only known afterwards "
                        f"(rank correlation {alike:.3f}): it is made of the answer. Leave it out."
                    ),
                )


def rank_correlation(values: Floats, told: Floats) -> float:
    """Return Spearman's correlation, without sign, where both are known; 0 where undefined."""
    known = ~np.isnan(values) & ~np.isnan(told)
    if known.sum() < FEWEST_ROWS:
        return 0.0
    one, two = rankdata(values[known]), rankdata(told[known])
    if one.std() == 0 or two.std() == 0:
        return 0.0
    return float(abs(np.corrcoef(one, two)[0, 1]))
