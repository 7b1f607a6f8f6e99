"""What a model loses when a family of features is shuffled, all its columns together.

Grouped permutation importance: Breiman (2001) shuffled one column at a time, which says little
where others tell the same; shuffled together, a family loses all it has to say at once (the groups
of Au, Herbinger, Stachl, Bischl and Casalicchio 2022). The fits stay as they are: the loss is what
*these* fits lean on the family for, and a model fitted without it would find part of it elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera.metrics import roc_auc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from tessera.feature_values.pasts import Past, PastFold

    Floats = NDArray[np.float64]


def auc_losses(past: Past, families: Mapping[str, str], seed: int) -> tuple[list[str], Floats]:
    """Return the families, and how much ROC AUC each origin loses when one is shuffled.

    Parameters
    ----------
    past
        What the trees were judged on.
    families
        Feature name to family.
    seed
        Seeds the shuffles. All families of a fold are shuffled alike, so that they are compared on
        the same draw.

    Returns
    -------
    tuple
        The families in alphabetical order, and the losses, shape (origins, families): negative when
        a shuffle happens to help, NaN at an origin of one class.
    """
    names = sorted({families[name] for name in past.feature_names})
    random = np.random.default_rng(seed)
    losses = np.full((len(past.origins), len(names)), np.nan)
    for number, folds in enumerate(past.origins):
        labels = np.concatenate([fold.rows.labels for fold in folds])
        scored = np.concatenate([_scores(fold, families, names, random) for fold in folds], axis=1)
        aucs = np.array([roc_auc(labels, scores)[0] for scores in scored])
        losses[number] = aucs[0] - aucs[1:]
    return names, losses


def _scores(
    fold: PastFold, families: Mapping[str, str], names: Sequence[str], random: np.random.Generator
) -> Floats:
    """Return the fold's scores, then those with each family shuffled: (1 + families, rows)."""
    encoded = fold.model.encoding.encode(fold.rows.features)
    family_of = np.array([families[name] for name in fold.model.encoding.sources])
    matrix = encoded.to_numpy()
    shuffled = matrix[random.permutation(len(matrix))]
    variants = [matrix] + [np.where(family_of == name, shuffled, matrix) for name in names]
    stacked = pd.DataFrame(np.concatenate(variants), columns=encoded.columns)
    if not len(stacked):
        return np.zeros((len(variants), 0))
    return fold.model.algorithm.predict_probability(stacked).reshape(len(variants), len(matrix))
