"""What a variant's predictions are worth: ROC AUC over persons, by the protocol of every build.

The models learn from the variant's own customers and labels, as a shop that has no more would.
They are judged on persons, by what these truly did. Folds are drawn by person, so that nobody who
was split into two customers teaches the model that scores her.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.sources.persons import ACTIVE_DAYS, done_after, known_before, person_of_customer
from tessera.metrics import roc_auc
from tessera.propensity.algorithms import BoostedTrees, LogisticModel
from tessera.propensity.labelled import labelled_rows
from tessera.propensity.protocol import (
    FEWEST_ORIGINS,
    choose_origins,
    fit_origin,
    score_origin,
    score_origin_by_prevalence,
)
from tessera.segmentation.outcomes import OUTCOME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from benchmarks.sources.built_variant import Built
    from benchmarks.sources.draws import Draws
    from benchmarks.sources.persons import Known
    from tessera.propensity import Target
    from tessera.propensity.algorithms.algorithm import Algorithm
    from tessera.propensity.labelled import Labelled
    from tessera.propensity.protocol import Origin

    Floats = NDArray[np.float64]

ALGORITHMS: dict[str, type[Algorithm]] = {
    "lightgbm": BoostedTrees,
    "logistic_regression": LogisticModel,
}
"""Fixed for all variants, so that a choice between them is no part of what is compared."""
RECENCY = "recency"
TARGETS = ("churn_30d", "purchase_30d")


class TooFewOriginsError(ValueError):
    """The shop is too young: a mean over fewer past snapshots is not told."""


def measure_propensities(
    built: Built, purchases: pd.DataFrame, draws: Draws, seed: int
) -> Iterator[tuple[str, Floats]]:
    """Yield by target and who judges the AUC in each draw: the mean over the origins.

    Origins are the newest three past snapshots whose 90 days are over, so that everybody's row of
    these days is there. Beside the models stands the number of days since the last purchase.

    Raises
    ------
    TooFewOriginsError
        There are fewer than three.
    """
    told = built.training_set[built.training_set[OUTCOME].notna()].reset_index(drop=True)
    persons = person_of_customer(purchases)
    by_person = told["customer_id"].map(persons.map("person {}".format))
    folded = told.assign(customer_id=by_person.fillna(told["customer_id"]))
    for target in built.targets:
        if target.name in TARGETS:
            own_ids = told.loc[told[target.label_column].notna(), "customer_id"]
            rows = labelled_rows(folded, target)
            judge = _Judge(purchases, draws, target)
            yield from _aucs(rows, own_ids.reset_index(drop=True), judge, seed)


class _Judge:
    """The persons asked about a target at each instant, and what they then did."""

    def __init__(self, purchases: pd.DataFrame, draws: Draws, target: Target) -> None:
        self.purchases, self.draws, self.target = purchases, draws, target

    def asked(self, at: pd.Timestamp) -> tuple[Known, NDArray[np.bool_], Floats]:
        """Return who is known, who of them is asked about, and what came true of each."""
        known = known_before(self.purchases, at)
        later = done_after(self.purchases, known, at, self.target.horizon_days)
        if self.is_churn:
            return known, known.days_since_last <= ACTIVE_DAYS, (later.orders == 0).astype(float)
        return known, np.ones(len(known.persons), dtype=np.bool_), (later.orders > 0).astype(float)

    @property
    def is_churn(self) -> bool:
        """Tell whether staying away is what is asked about."""
        return self.target.name.startswith("churn")

    def auc(self, at: pd.Timestamp, promised: pd.Series | None, otherwise: float) -> Floats:
        """Return the AUC of promises by customer, or of recency when there are none, per draw."""
        known, is_asked, came_true = self.asked(at)
        if promised is None:
            told = known.days_since_last if self.is_churn else -known.days_since_last
        else:
            found = promised.reindex(known.customer_ids)
            told = found.fillna(otherwise).to_numpy(dtype=np.float64)
        weights = self.draws.weights_of(known.persons[is_asked])
        return roc_auc(came_true[is_asked], told[is_asked], weights)


def _aucs(
    rows: Labelled, own_ids: pd.Series, judge: _Judge, seed: int
) -> Iterator[tuple[str, Floats]]:
    target = judge.target
    origins = choose_origins(rows, target, most=FEWEST_ORIGINS)
    if len(origins) < FEWEST_ORIGINS:
        raise TooFewOriginsError(
            f"{target.name}: {len(origins)} past snapshots can be judged, expected "
            f"{FEWEST_ORIGINS}; simulate more people or months"
        )
    names = list(rows.features.columns)
    for algorithm, kind in ALGORITHMS.items():
        at_origins = []
        for origin in origins:
            models = fit_origin(rows, origin, partial(kind, seed), names)
            promised = _by_customer(
                score_origin(rows, origin, models).probabilities, own_ids, rows, origin
            )
            otherwise = float(score_origin_by_prevalence(rows, origin).probabilities[0])
            at_origins.append(judge.auc(origin.snapshot_at, promised, otherwise))
        yield f"{target.name} {algorithm}", np.mean(at_origins, axis=0)
    recency = [judge.auc(origin.snapshot_at, None, 0.0) for origin in origins]
    yield f"{target.name} {RECENCY}", np.mean(recency, axis=0)


def _by_customer(
    probabilities: Floats, own_ids: pd.Series, rows: Labelled, origin: Origin
) -> pd.Series:
    is_there = (rows.snapshot_at == origin.snapshot_at).to_numpy()
    return pd.Series(probabilities, index=own_ids[is_there].to_numpy(dtype=object))
