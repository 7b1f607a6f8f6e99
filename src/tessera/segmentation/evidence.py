"""What candidates are measured on, and the name by which the same evidence is known again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tessera import registry
from tessera.segmentation.reading import columns_read
from tessera.segmentation.sampling import choose_customers, in_order

if TYPE_CHECKING:
    import pandas as pd

EVALUATION_RECIPE = 1
"""Counts changes of the code that measures: raise it when an evaluation of the same model on the
same rows would come out otherwise, and every candidate is measured anew."""

EVALUATION_CUSTOMERS = 20_000
"""Customers that refits and trees look at. An adjusted Rand index or an explained share is then
known to about .01, and six candidates take minutes, not hours, in any shop."""


@dataclass(frozen=True)
class Evidence:
    """The rows that a run measures its candidates on.

    Attributes
    ----------
    customers
        The scoring set in order: a row per customer at the newest snapshot.
    past
        The training set in order, of at most :data:`EVALUATION_CUSTOMERS` customers: a row per
        customer and past snapshot.
    fingerprint
        Hash of what the measures read of both, the seed and :data:`EVALUATION_RECIPE`. A column
        that no measure reads may change without a new measurement.
    """

    customers: pd.DataFrame
    past: pd.DataFrame
    fingerprint: str

    @classmethod
    def of(cls, scoring_set: pd.DataFrame, training_set: pd.DataFrame, seed: int) -> Evidence:
        """Gather the evidence of a run; the order of the rows given does not count."""
        customers = in_order(scoring_set)
        past = choose_customers(training_set, EVALUATION_CUSTOMERS)
        name = registry.model_id(
            scoring_set=registry.fingerprint(_read(customers)),
            training_set=registry.fingerprint(_read(past)),
            seed=seed,
            recipe=EVALUATION_RECIPE,
        )
        return cls(customers, past, name)


def _read(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[[name for name in columns_read() if name in frame.columns]]
