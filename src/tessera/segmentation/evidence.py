"""What candidates are measured on, and the name by which the same evidence is known again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tessera import registry
from tessera.segmentation.reading import columns_read
from tessera.segmentation.sampling import EVALUATION_CUSTOMERS, choose_customers, in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

EVALUATION_RECIPE = 2
"""Counts changes of the code that measures: raise it when an evaluation of the same model on the
same rows would come out otherwise, and every candidate is measured anew."""


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
    def of(
        cls,
        scoring_set: pd.DataFrame,
        training_set: pd.DataFrame,
        feature_names: Sequence[str],
        seed: int,
    ) -> Evidence:
        """Gather the evidence on models of these features; the order of the rows does not count."""
        customers = in_order(scoring_set)
        past = choose_customers(training_set, EVALUATION_CUSTOMERS)
        read = columns_read(feature_names)
        name = registry.model_id(
            scoring_set=registry.fingerprint(_read(customers, read)),
            training_set=registry.fingerprint(_read(past, read)),
            seed=seed,
            recipe=EVALUATION_RECIPE,
        )
        return cls(customers, past, name)


def _read(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    return frame[[name for name in names if name in frame.columns]]
