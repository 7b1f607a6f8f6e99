"""Which columns of a training or scoring set are features, and the features as they are read.

A set carries its keys, its features, and one column per target (``label_churn_30d`` in training,
``is_eligible_churn_30d`` in scoring). Only the name tells them apart, so the rule stands here once.
"""

from __future__ import annotations

import difflib
from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

KEY_COLUMNS = ("customer_snapshot_id", "customer_id", "snapshot_at")
"""The columns that say which customer, as of when."""

NOT_FEATURE_PREFIXES = ("label_", "outcome_", "is_eligible_")
"""Columns that look forward or choose rows: a model that read one would know the answer."""


class FeatureError(ValueError):
    """A set lacks a feature, or holds one that no model can read."""


def feature_columns(frame: pd.DataFrame) -> list[str]:
    """Return the names of the feature columns, in the frame's order.

    Examples
    --------
    >>> feature_columns(pd.DataFrame(columns=["customer_id", "orders_count_7d", "label_churn_30d"]))
    ['orders_count_7d']
    """
    return [
        name
        for name in frame.columns
        if name not in KEY_COLUMNS and not name.startswith(NOT_FEATURE_PREFIXES)
    ]


def require_features(frame: pd.DataFrame, names: Sequence[str]) -> None:
    """Refuse a frame that lacks any of the features ``names``.

    Raises
    ------
    FeatureError
        Naming each missing feature, and the nearest column that is there.
    """
    missing = [_with_nearest(name, frame.columns) for name in names if name not in frame.columns]
    if missing:
        raise FeatureError(f"{len(missing)} features are missing: {', '.join(missing)}")


def numeric_features(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return the features ``names`` as float64 columns, NULL as NaN, in the order of ``names``.

    Parameters
    ----------
    frame
        A row per customer and snapshot.
    names
        Features to read. Integers, decimals and booleans become floats (True is 1).

    Raises
    ------
    FeatureError
        A feature is missing, is text or a timestamp, or holds an infinite value.
    """
    require_features(frame, names)
    numbers = {name: as_float(frame[name]) for name in names}
    return pd.DataFrame(numbers, index=frame.index, columns=list(names))


def readable_features(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return the features ``names`` in their order: numbers as float64, texts as categories.

    Raises
    ------
    FeatureError
        A feature is missing, is a date or a timestamp, mixes texts with other values, or holds an
        infinite value.
    """
    require_features(frame, names)
    read = {
        name: _as_text(frame[name]) if is_text(frame[name]) else as_float(frame[name])
        for name in names
    }
    return pd.DataFrame(read, index=frame.index, columns=list(names))


def is_text(values: pd.Series) -> bool:
    """Say whether a column holds texts, and nothing but texts; without any value it does not."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        return is_text(values.cat.categories.to_series())
    return bool(pd.api.types.infer_dtype(values, skipna=True) == "string")


def as_float(values: pd.Series) -> np.ndarray:
    """Return a column as float64, NULL as NaN.

    Raises
    ------
    FeatureError
        It holds something that is not a number, or an infinite value.
    """
    numbers = _as_float(values)
    if np.isinf(numbers).any():
        raise FeatureError(f"feature '{values.name}' has an infinite value: divide by nullif(…, 0)")
    return numbers


def _as_text(values: pd.Series) -> pd.Series:
    # texts once, then codes: an evaluation looks at them forty times
    return values.astype(object).astype("category")


def _as_float(values: pd.Series) -> np.ndarray:
    if pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values):
        plain: np.ndarray = values.to_numpy(dtype=np.float64, na_value=np.nan)
        return plain
    # What is left is object: decimals, and booleans with a NULL, among what must be refused.
    present = values[values.notna()]
    strangers = present[~present.map(lambda value: isinstance(value, Real | Decimal))]
    if len(strangers):
        raise FeatureError(
            f"feature '{values.name}' is not a number (for example {strangers.iloc[0]!r}); "
            "a feature is a number, a boolean or a text; make days of a date, or leave it out"
        )
    numbers = np.full(len(values), np.nan)
    numbers[values.notna().to_numpy()] = [float(value) for value in present]
    return numbers


def _with_nearest(name: str, known: pd.Index) -> str:
    nearest = difflib.get_close_matches(name, list(known), n=1)
    return f"'{name}' (nearest: '{nearest[0]}')" if nearest else f"'{name}'"
