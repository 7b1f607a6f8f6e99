"""Afterthoughts: what was written once, at the end, and stands in all of a customer's past.

An export of a CRM has one row per customer, with the status of today. Put beside every past
snapshot it tells little of the early ones, since whoever has left by now was active then, and as
much of the last month as of the next. At the newest closed snapshot it is the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tessera.propensity.leakage.finding import ModelLeak
from tessera.propensity.leakage.power import GREAT_FORESIGHT, OVER_THE_RULE, STRONG_ALONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tessera.propensity.leakage.evidence import Evidence

SHARPER = 0.1
"""AUC at the newest snapshot above that over all: a habit says as much in any month (Complete
Journey: at most .075 more at the newest, and there .06 more of the days after than before)."""


def written_at_the_end(evidence: Evidence) -> Iterator[ModelLeak]:
    """Yield features that know the answers of the newest closed snapshot, and few before."""
    measures = evidence.measures
    floor = np.maximum(measures.alone + SHARPER, evidence.rule_auc + OVER_THE_RULE)
    foresight = measures.newest_foresight()
    is_strong = (measures.newest_low >= STRONG_ALONE) & (foresight >= GREAT_FORESIGHT)
    for place in np.flatnonzero(is_strong & (measures.newest >= floor)):
        name = measures.names[place]
        yield ModelLeak(
            "written_at_the_end",
            name,
            observed=float(measures.newest[place]),
            threshold=STRONG_ALONE,
            words=(
                f"'{name}' alone reaches an AUC of {measures.newest[place]:.3f} at the newest "
                f"closed snapshot, against {measures.alone[place]:.3f} over all of them, and says "
                f"{foresight[place]:.3f} more of the days after it than of those before: it was "
                "written when the answer was known, and holds for the whole past. Deliver when "
                "each value came to be known, or leave it out."
            ),
        )
