"""How much of each feature the segments explain: what tells them apart.

Eta squared on ranks: the share of the variance of a feature's ranks that lies between segments. For
a text it is the same over the columns of its levels together (Goodman and Kruskal's tau). It is
measured at the newest snapshot and at earlier ones with the model frozen: what only seemed to tell
segments apart on the day of the fit shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tessera.feature_values.redundancy import ranks_of
from tessera.features import fit_encoding, readable_features

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from tessera.segmentation.model import SegmentModel

    Floats = NDArray[np.float64]


def explained_shares(
    snapshots: Sequence[pd.DataFrame], names: list[str], model: SegmentModel
) -> Floats:
    """Return the share of each feature that the segments explain, shape (snapshots, features).

    A feature that is the same for everybody has 0.

    Parameters
    ----------
    snapshots
        By snapshot a row per customer.
    names
        The features.
    model
        The champion.
    """
    return np.array([_explained(customers, names, model) for customers in snapshots])


def _explained(customers: pd.DataFrame, names: list[str], model: SegmentModel) -> Floats:
    labels = model.assign(customers)
    features = readable_features(customers, names)
    encoding = fit_encoding(features, customers["customer_id"])
    ranks = ranks_of(encoding.encode(features).to_numpy())
    between, total = _squares(ranks, labels)
    place = {name: number for number, name in enumerate(names)}
    at = [place[name] for name in encoding.sources]
    explained, whole = np.zeros(len(names)), np.zeros(len(names))
    np.add.at(explained, at, between)
    np.add.at(whole, at, total)
    return np.divide(explained, whole, out=np.zeros(len(names)), where=whole > 0)


def _squares(values: Floats, labels: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return the sums of squares between labels and in all, per column."""
    centred = values - values.mean(axis=0)
    between = np.zeros(values.shape[1])
    for label in np.unique(labels):
        members = centred[labels == label]
        between += len(members) * members.mean(axis=0) ** 2
    return between, (centred * centred).sum(axis=0)
