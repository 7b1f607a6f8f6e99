"""What a careless split would claim: the same model, measured on the same rows, split otherwise.

By person and by time is the protocol. By person alone lets the model learn from the future of
others. By random row lets it learn from other months of the very customer that it scores. Both also
train on more rows than the protocol does, so that what they seem to gain is not the leak alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.hashing import hashed_shares
from tessera.metrics import roc_auc
from tessera.propensity.algorithms import ALGORITHMS
from tessera.propensity.encoded_model import fit_encoded
from tessera.propensity.labelled import labelled_rows
from tessera.propensity.protocol import FOLDS, choose_origins

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from tessera.propensity import Target
    from tessera.propensity.labelled import Labelled
    from tessera.propensity.protocol import Origin

ALGORITHM = ALGORITHMS["lightgbm"]


@dataclass(frozen=True)
class Splits:
    """ROC AUC of one model, mean over the same origins, after two careless splits."""

    target: str
    by_person: float
    by_row: float


def measure_splits(training_set: pd.DataFrame, target: Target, seed: int) -> Splits:
    """Return what each careless split would claim for LightGBM, at the protocol's own origins."""
    rows = labelled_rows(training_set, target)
    origins = choose_origins(rows, target)
    row_names = rows.customer_ids.str.cat(rows.snapshot_at.astype(str), sep=" at ")
    return Splits(
        target=target.name,
        by_person=_claimed(rows, rows.customer_ids, origins, seed),
        by_row=_claimed(rows, row_names, origins, seed),
    )


def _claimed(rows: Labelled, drawn: pd.Series, origins: list[Origin], seed: int) -> float:
    """Cross-fit over folds of what ``drawn`` names, blind to time; measure at the origins.

    NaN when there is no origin yet.
    """
    if not origins:
        return float("nan")
    fold_of = (hashed_shares(drawn, "fold") * FOLDS).astype(np.int64)
    probabilities = np.full(len(rows), np.nan)
    for fold in range(FOLDS):
        is_scored: NDArray[np.bool_] = fold_of == fold
        names = list(rows.features.columns)
        model = fit_encoded(lambda: ALGORITHM(seed), rows.where(~is_scored), names)
        probabilities[is_scored] = model.predict_probability(rows.features[is_scored])
    at_origins = [(rows.snapshot_at == origin.snapshot_at).to_numpy() for origin in origins]
    return float(np.mean([roc_auc(rows.labels[at], probabilities[at])[0] for at in at_origins]))
