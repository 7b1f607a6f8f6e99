"""Which features say the same thing: groups of which every two rank customers alike.

Hierarchical clustering with complete linkage on ``1 - |Spearman's correlation|``: in a group the
*least* alike two still agree to :data:`AGREEMENT`. Ranks are blind to scale and to whales. A text
agrees by that column of its levels that agrees most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from scipy.stats import rankdata

from tessera.features import fit_encoding

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

AGREEMENT = 0.9
"""Correlation of ranks from which two features count as one: they then share .8 of their variance,
and which of them a model splits on is a matter of luck."""


def redundancy_groups(features: pd.DataFrame, customer_ids: pd.Series) -> NDArray[np.int64]:
    """Return the number of each feature's group; a feature that agrees with none is its own.

    Parameters
    ----------
    features
        A row per customer, as :func:`tessera.features.readable_features` returns it.
    customer_ids
        Whose row it is.
    """
    names = list(features.columns)
    alike = agreement(features, customer_ids)
    if len(names) < 2:  # noqa: PLR2004 - nothing to compare
        return np.arange(len(names))
    apart = np.clip(1.0 - alike, 0.0, 1.0)
    np.fill_diagonal(apart, 0.0)
    tree = linkage(squareform(apart, checks=False), method="complete")
    groups: NDArray[np.int64] = fcluster(tree, t=1.0 - AGREEMENT, criterion="distance")
    return groups.astype(np.int64)


def agreement(features: pd.DataFrame, customer_ids: pd.Series) -> Floats:
    """Return |Spearman's correlation| of every two features, shape (features, features).

    NULL has the middle rank. A feature that is the same for everybody agrees with none.
    """
    encoding = fit_encoding(features, customer_ids)
    encoded = encoding.encode(features).to_numpy()
    place = {name: number for number, name in enumerate(features.columns)}
    alike = np.eye(len(place))
    if encoded.shape[0] < 2 or not encoded.shape[1]:  # noqa: PLR2004 - no rank without two
        return alike
    ranks = ranks_of(encoded)
    deviations = ranks.std(axis=0)
    scaled = (ranks - ranks.mean(axis=0)) / np.where(deviations > 0, deviations, np.inf)
    correlation = np.abs(scaled.T @ scaled) / len(scaled)
    at = np.array([place[name] for name in encoding.sources])
    np.maximum.at(alike, (at[:, None], at[None, :]), correlation)
    np.fill_diagonal(alike, 1.0)
    return alike


def ranks_of(values: Floats) -> Floats:
    """Return ranks per column, the missing at the mean of the others'."""
    is_missing = np.isnan(values)
    # at the upper end the missing take no rank from anybody
    ranks = np.asarray(rankdata(np.where(is_missing, np.inf, values), axis=0))
    known = np.maximum((~is_missing).sum(axis=0), 1)
    means = np.where(is_missing, 0.0, ranks).sum(axis=0) / known
    return np.where(is_missing, means, ranks)
