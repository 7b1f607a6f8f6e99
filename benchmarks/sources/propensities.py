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

from benchmarks.sources.judge import Judge
from benchmarks.sources.persons import person_of_customer
from tessera.propensity.algorithms import BoostedTrees
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
    from tessera.propensity import Target
    from tessera.propensity.labelled import Labelled
    from tessera.propensity.protocol import Origin

    Floats = NDArray[np.float64]

TREES, RECENCY = "lightgbm", "recency"
"""Who judges. The algorithm is fixed, so that a choice of one is no part of what is compared."""
TARGETS = ("churn_30d", "purchase_30d")


class TooFewOriginsError(ValueError):
    """The shop is too young: a mean over fewer past snapshots is not told."""


def measure_propensities(
    built: Built, purchases: pd.DataFrame, draws: Draws, seed: int
) -> Iterator[tuple[str, Floats]]:
    """Yield by target and who judges the AUC in each draw: the mean over the origins.

    Origins are the newest three past snapshots whose 90 days are over, so that they are those that
    segments are judged at. Beside the trees stand the days since the last purchase.

    Raises
    ------
    TooFewOriginsError
        There are fewer than three.
    """
    training = built.training_set[built.training_set[OUTCOME].notna()].reset_index(drop=True)
    for target in built.targets:
        if target.name in TARGETS:
            is_churn = target.name.startswith("churn")
            judge = Judge(purchases, draws, target.horizon_days, is_churn)
            yield from _aucs(training, target, judge, seed)


def _aucs(
    training: pd.DataFrame, target: Target, judge: Judge, seed: int
) -> Iterator[tuple[str, Floats]]:
    asked = training[training[target.label_column].notna()].reset_index(drop=True)
    rows = labelled_rows(_by_person(asked, judge.purchases), target)
    origins = required_origins(rows, target)
    promised = [_promised(rows, origin, asked["customer_id"], seed) for origin in origins]
    aucs = [
        judge.of_promises(origin.snapshot_at, *each)
        for origin, each in zip(origins, promised, strict=True)
    ]
    yield f"{target.name} {TREES}", np.mean(aucs, axis=0)
    recency = [judge.of_recency(origin.snapshot_at) for origin in origins]
    yield f"{target.name} {RECENCY}", np.mean(recency, axis=0)


def required_origins(rows: Labelled, target: Target) -> list[Origin]:
    """Return the newest origins.

    Raises
    ------
    TooFewOriginsError
        There are too few to tell a mean of.
    """
    origins = choose_origins(rows, target, most=FEWEST_ORIGINS)
    if len(origins) < FEWEST_ORIGINS:
        raise TooFewOriginsError(
            f"{target.name}: {len(origins)} past snapshots can be judged, expected "
            f"{FEWEST_ORIGINS}; simulate more people or months"
        )
    return origins


def _by_person(rows: pd.DataFrame, purchases: pd.DataFrame) -> pd.DataFrame:
    """Return the rows as those of persons; a customer who is nobody known stays herself."""
    persons = person_of_customer(purchases).map("person {}".format)
    ids = rows["customer_id"]
    return rows.assign(customer_id=ids.map(persons).fillna(ids))


def _promised(
    rows: Labelled, origin: Origin, customer_ids: pd.Series, seed: int
) -> tuple[pd.Series, float]:
    """Return what is promised at an origin by customer, and of somebody who is not known."""
    models = fit_origin(rows, origin, partial(BoostedTrees, seed), list(rows.features.columns))
    is_there = (rows.snapshot_at == origin.snapshot_at).to_numpy()
    told = score_origin(rows, origin, models).probabilities
    whose = customer_ids[is_there].to_numpy(dtype=object)
    otherwise = score_origin_by_prevalence(rows, origin).probabilities
    return pd.Series(told, index=whose), float(otherwise[0])
