"""Reasons: the features that moved a customer's score most, either way, and by how much."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera.features import say
from tessera.propensity.schemas import REASONS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.features import Encoding
    from tessera.propensity.algorithms.algorithm import Floats
    from tessera.propensity.encoded_model import Explained

RANKS = range(1, REASONS + 1)
FIGURES = 2
"""Figures after the point that are said of a value."""
OTHER_LEVEL = "(other)"
"""Told instead of a level that the model did not learn: a rare text may say who somebody is."""


def tell_reasons(explained: Explained, encoding: Encoding, customers: pd.DataFrame) -> pd.DataFrame:
    """Return the strongest reasons of each customer, the strongest first.

    Parameters
    ----------
    explained
        What a model said of the customers.
    encoding
        How that model reads features.
    customers
        A row per customer, with the features that the model reads.

    Returns
    -------
    DataFrame
        The rows of ``customers``, columns ``reason_<rank>_<part>``: the mart's feature; its value
        if it is a number, its level if it is a text (NULL where the customer has none); and what it
        adds to the log-odds. All are NULL beyond the number of features that the model reads.
        Texts are categories, the same whoever the customers are: a byte or two each. The words,
        which take a hundred, are left to :func:`put_in_words`.
    """
    names, levels = list(encoding.levels), _levels_told(encoding)
    told: dict[str, object] = {}
    for rank, places in zip(RANKS, strongest_places(explained.contributions), strict=True):
        codes = _level_codes(encoding, customers, places, levels)
        told[f"reason_{rank}_feature"] = pd.Categorical.from_codes(places, names)
        told[f"reason_{rank}_value"] = _values(explained, encoding, places)
        told[f"reason_{rank}_level"] = pd.Categorical.from_codes(codes, levels)
        told[f"reason_{rank}_contribution"] = _taken(explained.contributions, places)
    return pd.DataFrame(told, index=customers.index)


def put_in_words(told: pd.DataFrame) -> dict[str, NDArray[np.object_]]:
    """Say each reason in words, which say no more than its parts do.

    Parameters
    ----------
    told
        A row per customer, with what :func:`tell_reasons` returns.

    Returns
    -------
    dict
        ``reason_<rank>_words`` to a text per row, such as ``no orders for 41 days (raises)``; None
        where there is no reason.
    """
    return {
        f"reason_{rank}_words": _words(
            told[f"reason_{rank}_feature"].array,
            told[f"reason_{rank}_value"].to_numpy(),
            told[f"reason_{rank}_level"].array,
            told[f"reason_{rank}_contribution"].to_numpy(),
        )
        for rank in RANKS
    }


def strongest_places(contributions: Floats) -> list[NDArray[np.intp]]:
    """Return for each rank the place of each row's reason; -1 where there are no more features.

    Of equals the first. Three searches for the strongest take a tenth of a sort's time.

    Examples
    --------
    >>> [places.tolist() for places in strongest_places(np.array([[0.1, -0.3], [0.2, 0.2]]))]
    [[1, 0], [0, 1], [-1, -1]]
    """
    strength, rows = np.abs(contributions), np.arange(len(contributions))
    found = []
    for _ in range(min(REASONS, contributions.shape[1])):
        found.append(strength.argmax(axis=1))
        strength[rows, found[-1]] = -1.0
    return found + [np.full(len(rows), -1)] * (REASONS - len(found))


def _words(
    features: pd.Categorical, values: Floats, levels: pd.Categorical, added: Floats
) -> NDArray[np.object_]:
    """Say each reason; many customers share one, which is said once."""
    rounded = np.round(values, FIGURES) + 0.0  # of zeros there is one, not two
    key = np.zeros(len(values), dtype=np.int64)
    for part in (features.codes, levels.codes, added >= 0, pd.factorize(rounded)[0]):
        numbers = part.astype(np.int64) + 1
        key = key * (numbers.max(initial=0) + 1) + numbers
    _, first, reason_of = np.unique(key, return_index=True, return_inverse=True)
    said = np.empty(len(first), dtype=object)
    for number, row in enumerate(first):
        if features.codes[row] >= 0:
            value = None if isnan(rounded[row]) else float(rounded[row])
            level = levels[row] if levels.codes[row] >= 0 else None
            way = "raises" if added[row] >= 0 else "lowers"
            said[number] = f"{say(features[row], level if value is None else value)} ({way})"
    return said[reason_of]


def _values(explained: Explained, encoding: Encoding, places: NDArray[np.intp]) -> Floats:
    """Return the number that each customer has of the feature at her place; NaN of a text."""
    is_number = np.array([levels is None for levels in encoding.levels.values()])
    values = _taken(explained.encoded.to_numpy(), encoding.places[places])
    return np.where((places >= 0) & is_number[places], values, np.nan)


def _taken(matrix: Floats, columns: NDArray[np.intp]) -> Floats:
    """Return from each row the value in its column; NaN for column -1."""
    taken: Floats = matrix[np.arange(len(matrix)), columns]
    return np.where(columns >= 0, taken, np.nan)


def _levels_told(encoding: Encoding) -> list[str]:
    learnt = (level for levels in encoding.levels.values() for level in levels or ())
    return sorted({OTHER_LEVEL, *(level for level in learnt if level is not None)})


def _level_codes(
    encoding: Encoding, customers: pd.DataFrame, places: NDArray[np.intp], told: list[str]
) -> NDArray[np.intp]:
    """Return which of the levels ``told`` each customer has of the text at her place; -1: none."""
    codes = np.full(len(customers), -1)
    for place, (name, learnt) in enumerate(encoding.levels.items()):
        asked = np.flatnonzero(places == place) if learnt else np.empty(0, dtype=np.intp)
        if len(asked):
            texts = customers[name].iloc[asked].astype(object)
            known = texts.where(texts.isin(learnt), OTHER_LEVEL)
            having = pd.Index(told, dtype=object).get_indexer(known)
            codes[asked] = np.where(texts.notna(), having, -1)
    return codes
