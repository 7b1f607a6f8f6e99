"""Reasons: the features that moved a customer's score most, either way, and by how much."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera.features import numeric_features, say
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
        if it is a number, its level if it is a text (NULL where the customer has none); what it
        adds to the log-odds; and all of this in words, which say no more than the other parts, such
        as ``no orders for 41 days (raises)``. All are NULL beyond the number of features that the
        model reads.
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
            said = _words(names[places], values, levels, added)
            parts: tuple[object, ...] = (names[places], values, levels, added, said)
        else:
            parts = (None, np.nan, None, np.nan, None)
        for part, column in zip(REASON_PARTS, parts, strict=True):
            told[f"reason_{rank + 1}_{part}"] = column
    return pd.DataFrame(told, index=customers.index)


def _words(
    names: NDArray[np.object_], values: Floats, levels: NDArray[np.object_], added: Floats
) -> list[str]:
    """Say each reason; many customers share one, which is said once."""
    said: dict[tuple[str, float | str | None, bool], str] = {}
    told = []
    rows = zip(names, np.round(values, 2).tolist(), levels, (added >= 0).tolist(), strict=True)
    for name, value, level, raises in rows:
        key = (name, level if isnan(value) else value, raises)
        if key not in said:
            said[key] = f"{say(name, key[1])} ({'raises' if raises else 'lowers'})"
        told.append(said[key])
    return told


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
