"""Reasons: the features that moved a customer's score most, either way, and by how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera.features import numeric_features
from tessera.propensity.schemas import REASON_PARTS, REASONS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.propensity.algorithms.algorithm import Floats
    from tessera.propensity.encoded_model import EncodedModel

OTHER_LEVEL = "(other)"
"""Told instead of a level that the model did not learn: a rare text may say who somebody is."""


def tell_reasons(model: EncodedModel, customers: pd.DataFrame) -> pd.DataFrame:
    """Return the strongest reasons of each customer, the strongest first.

    Parameters
    ----------
    model
        What scored them.
    customers
        A row per customer, with the features that the model reads.

    Returns
    -------
    DataFrame
        The rows of ``customers``, columns ``reason_<rank>_<part>``: the mart's feature; its value
        if it is a number, its level if it is a text (NULL where the customer has none); and what it
        adds to the log-odds. All are NULL beyond the number of features that the model reads.
    """
    contributions = model.contributions(customers)
    strongest = np.argsort(-np.abs(contributions), axis=1, kind="stable")[:, :REASONS]
    names = np.array(list(model.encoding.levels), dtype=object)
    told: dict[str, object] = {}
    for rank in range(REASONS):
        if rank < strongest.shape[1]:
            places = strongest[:, rank]
            values, levels = _values_and_levels(model, customers, places)
            added = np.take_along_axis(contributions, places[:, None], axis=1)[:, 0]
            parts: tuple[object, ...] = (names[places], values, levels, added)
        else:
            parts = (None, np.nan, None, np.nan)
        for part, said in zip(REASON_PARTS, parts, strict=True):
            told[f"reason_{rank + 1}_{part}"] = said
    return pd.DataFrame(told, index=customers.index)


def _values_and_levels(
    model: EncodedModel, customers: pd.DataFrame, places: NDArray[np.intp]
) -> tuple[Floats, NDArray[np.object_]]:
    """Return what each customer has of the feature at her place: a number, or a level."""
    values = np.full(len(customers), np.nan)
    levels = np.full(len(customers), None, dtype=object)
    read = list(model.encoding.levels.items())
    for place in np.unique(places):
        name, learnt = read[place]
        asked = places == place
        having = customers.loc[asked]
        if learnt is None:
            values[asked] = numeric_features(having, [name])[name]
        else:
            texts = having[name].astype(object)
            known = texts.where(texts.isin(learnt), OTHER_LEVEL)
            levels[asked] = known.where(texts.notna(), None)
    return values, levels
