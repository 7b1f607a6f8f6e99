"""Afterthoughts: what was written once, at the end, and stands in all of a customer's past.

An export of a CRM has one row per customer, with the status of today. Put beside every past
snapshot it tells little of the early ones, since whoever has left by now was active then, and as
much of the last month as of the next. At the newest closed snapshot it is the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera.propensity.leakage.finding import ModelLeak
from tessera.propensity.leakage.power import GREAT_FORESIGHT, OVER_THE_RULE, STRONG_ALONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tessera.propensity.leakage.evidence import Evidence

SHARPER = 0.1
"""AUC at the newest snapshot above that over all: a habit says as much in any month (Complete
Journey: at most .075 more at the newest, and there .06 more of the days after than before)."""

STANDING_POWER, STANDING_FORESIGHT = 0.60, 0.05
"""AUC at the newest snapshot, low end, and by how much it lies above that of the days before, from
which a feature that never changed for anybody is told. A home town says as much of the last month
as of the next."""
NEVER_CHANGED = 0.99
"""Share of the customers with several snapshots for whom a standing feature has one value."""


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


def standing_status(evidence: Evidence) -> Iterator[ModelLeak]:
    """Warn of features that never changed and yet say more of the newest days than of those before.

    Too weak to be the answer, as a status that was written some weeks later is; a warning.
    """
    measures = evidence.measures
    foresight = measures.newest_foresight()
    for_sure = foresight - (measures.newest - measures.newest_low)
    is_telling = (measures.newest_low >= STANDING_POWER) & (for_sure >= STANDING_FORESIGHT)
    for place in np.flatnonzero(is_telling):
        if _never_changed(evidence, measures.codes[:, place]):
            name = measures.names[place]
            yield ModelLeak(
                "standing_status",
                name,
                observed=float(measures.newest[place]),
                threshold=STANDING_POWER,
                severity="warning",
                words=(
                    f"'{name}' never changed for anybody, and yet says {foresight[place]:.3f} more "
                    f"of the days after the newest closed snapshot (AUC "
                    f"{measures.newest[place]:.3f}) than of those before: a status of today that "
                    "stands in all of the past? Deliver when each value came to be known, or leave "
                    "it out."
                ),
            )


def _never_changed(evidence: Evidence, codes: NDArray[np.int64]) -> bool:
    of_customer = pd.Series(codes).groupby(evidence.rows.customer_ids.to_numpy())
    values = of_customer.nunique()[of_customer.size() > 1]
    return bool(len(values) and (values == 1).mean() >= NEVER_CHANGED)
