"""What share of a model's scores a feature is responsible for, origin by origin.

The mean absolute SHAP value over the people of an origin (Lundberg and Lee 2017; exact for trees,
Lundberg 2018), in log-odds, as a share of the sum over features. The columns of a text count
together. A share says what the model leans on, not what causes the outcome, and two features that
say the same thing divide their share: that is what redundancy groups are for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.feature_values.pasts import Past

    Floats = NDArray[np.float64]


def shares_by_origin(past: Past) -> Floats:
    """Return each feature's share at each origin, shape (origins, features); rows sum to 1.

    A feature that no fit reads has share 0, and so has each where no fit leans on anything.
    """
    place = {name: number for number, name in enumerate(past.feature_names)}
    shares = np.zeros((len(past.origins), len(place)))
    for number, folds in enumerate(past.origins):
        for fold in folds:
            if len(fold.rows):
                spoken = np.abs(fold.model.contributions(fold.rows.features)).sum(axis=0)
                shares[number, [place[name] for name in fold.model.encoding.levels]] += spoken
    totals = shares.sum(axis=1, keepdims=True)
    divided: Floats = np.divide(shares, totals, out=np.zeros_like(shares), where=totals > 0)
    return divided


def stability(values: Floats) -> Floats:
    """Return how alike the values of each feature are at all origins, 0 to 1.

    ``1 - (standard deviation / mean) / √(n - 1)`` over n origins: 1 when all are the same, 0 when
    all of a feature's value lies at one origin. NaN with fewer than two origins, and for a feature
    that has no value at any.

    Parameters
    ----------
    values
        Not negative, shape (origins, features).

    Examples
    --------
    >>> stability(np.array([[0.2, 0.0, 0.1], [0.2, 0.0, 0.3], [0.2, 0.6, 0.2]])).round(3).tolist()
    [1.0, 0.0, 0.711]
    """
    origins = len(values)
    means = values.mean(axis=0)
    if origins < 2:  # noqa: PLR2004 - nothing to compare with
        return np.full(values.shape[1], np.nan)
    spread = values.std(axis=0) / np.sqrt(origins - 1)
    quotient = np.divide(spread, means, out=np.full_like(means, np.nan), where=means > 0)
    return np.asarray(1.0 - np.minimum(quotient, 1.0))
