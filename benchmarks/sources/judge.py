"""Promises held against what persons truly did: ROC AUC at an instant, in every draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.sources.persons import ACTIVE_DAYS, done_after, known_before
from tessera.metrics import roc_auc

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from benchmarks.sources.draws import Draws
    from benchmarks.sources.persons import Known

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Judge:
    """Who is asked about a target at an instant, and what came true of them.

    Attributes
    ----------
    purchases
        Of persons, with the customers of a variant.
    draws
        Of persons.
    horizon_days
        Days within which something comes true.
    is_churn
        Whether it is that somebody who ordered in the last 90 days orders nothing; else that
        somebody who ever ordered does so again.
    """

    purchases: pd.DataFrame
    draws: Draws
    horizon_days: int
    is_churn: bool

    def of_promises(self, at: pd.Timestamp, promised: pd.Series, otherwise: float) -> Floats:
        """Return the AUC of probabilities per draw.

        Parameters
        ----------
        at
            When they were promised.
        promised
            By customer of the variant, who speaks for each person she stands for.
        otherwise
            For persons of whom the variant knew nothing by then.
        """
        known = known_before(self.purchases, at)
        found = promised.reindex(known.customer_ids).fillna(otherwise)
        return self._auc(at, known, found.to_numpy(dtype=np.float64))

    def of_recency(self, at: pd.Timestamp) -> Floats:
        """Return the AUC of the days since the last purchase, which every shop knows, per draw."""
        known = known_before(self.purchases, at)
        days = known.days_since_last
        return self._auc(at, known, days if self.is_churn else -days)

    def _auc(self, at: pd.Timestamp, known: Known, told: Floats) -> Floats:
        later = done_after(self.purchases, known, at, self.horizon_days)
        came_true = later.orders == 0 if self.is_churn else later.orders > 0
        is_asked = self._is_asked(known)
        weights = self.draws.weights_of(known.persons[is_asked])
        return roc_auc(came_true[is_asked].astype(np.float64), told[is_asked], weights)

    def _is_asked(self, known: Known) -> Flags:
        if self.is_churn:
            return known.days_since_last <= ACTIVE_DAYS
        return np.ones(len(known.persons), dtype=np.bool_)
