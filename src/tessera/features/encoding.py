"""How features become the numbers that an algorithm reads: text as one column per frequent level.

What is learnt here looks at no label: which columns say anything, and which levels of a text enough
customers have. It is learnt on the rows of one fit, kept beside the model as JSON, and applied to
whoever is scored. A level that the fit did not know, as one too rare to be learnt from, leaves all
of its feature's columns at 0.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import numpy as np
import pandas as pd

from tessera.features.columns import FeatureError, as_float, is_text, require_features

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

LEVEL_SHARE = 0.01
"""Share of the customers that a level needs. Rarer, and what is learnt of it is about a few people:
a leaf of the trees holds 100 rows, which are some ten customers."""
MOST_LEVELS = 20
"""Levels of a feature that get a column, the most frequent. A country or tariff has fewer; what has
more is a name, of which a mart keeps the group."""
MISSING = ".is_null"
"""Ends the column of those who have no value; a level's column has a "=" before any such ending."""


@dataclass(frozen=True)
class Encoding:
    """Which features are read, and how each becomes numbers.

    Attributes
    ----------
    levels
        Feature by feature, in order: None for a number, which is read as it is; for a text its
        levels in alphabetical order, None last for "no value" where that is frequent.
    """

    levels: Mapping[str, tuple[str | None, ...] | None]

    @property
    def columns(self) -> list[str]:
        """The names of the encoded columns, such as ``crm_country=DE``."""
        return [column for column, _ in self._columns()]

    @property
    def sources(self) -> list[str]:
        """The feature that each encoded column comes from."""
        return [feature for _, feature in self._columns()]

    def encode(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the encoded columns of a frame that has the features; NaN where a number is NULL.

        Raises
        ------
        FeatureError
            A feature is missing, or is no longer of the kind that was learnt from.
        """
        require_features(frame, list(self.levels))
        numbers = [name for name, levels in self.levels.items() if levels is None]
        is_number = np.array([self.levels[name] is None for name in self.sources], dtype=np.bool_)
        matrix = np.empty((len(frame), len(is_number)))
        matrix[:, is_number] = _numbers(frame, numbers)
        texts = [_one_hot(frame[name], levels) for name, levels in self.levels.items() if levels]
        if texts:
            matrix[:, ~is_number] = np.concatenate(texts, axis=1)
        return pd.DataFrame(matrix, columns=self.columns, index=frame.index)

    @property
    def places(self) -> NDArray[np.intp]:
        """The place of each feature's first encoded column; a number has no other."""
        widths = [len(levels or (None,)) for levels in self.levels.values()]
        return np.cumsum([0, *widths[:-1]])

    def by_feature(self, contributions: NDArray[np.float64]) -> NDArray[np.float64]:
        """Add up what the columns of a feature contribute: shape (rows, features read)."""
        summed: NDArray[np.float64] = contributions.take(self.places, axis=1)
        for place, (first, levels) in enumerate(
            zip(self.places, self.levels.values(), strict=True)
        ):
            if levels:
                of_text = contributions[:, first : first + len(levels)]
                summed[:, place] = np.add.reduceat(of_text, [0], axis=1)[:, 0]
        return summed

    def to_text(self) -> str:
        """Return JSON."""
        return json.dumps({name: levels and list(levels) for name, levels in self.levels.items()})

    @classmethod
    def from_text(cls, text: str) -> Encoding:
        """Read what :meth:`to_text` wrote."""
        told: dict[str, Any] = json.loads(text)
        return cls({name: levels and tuple(levels) for name, levels in told.items()})

    def _columns(self) -> list[tuple[str, str]]:
        return [
            (name if levels is None else column_name(name, level), name)
            for name, levels in self.levels.items()
            for level in (levels or (None,))
        ]


def fit_encoding(features: pd.DataFrame, customer_ids: pd.Series) -> Encoding:
    """Learn from the rows of a fit which features to read, and the levels of texts.

    A feature that is the same in every row, and a text without a frequent level, is left out: there
    is nothing to learn from it. If all are, all numbers stay.

    Parameters
    ----------
    features
        A row per customer and snapshot, as :func:`~tessera.features.readable_features` returns it.
    customer_ids
        Whose row it is.
    """
    numbers = [name for name in features.columns if features[name].dtype == np.float64]
    learnt: dict[str, tuple[str | None, ...] | None] = {}
    for name in features.columns:
        if name in numbers and _varies(features[name].to_numpy()):
            learnt[name] = None
        elif name not in numbers and len(features[name].unique()) > 1:
            learnt[name] = frequent_levels(features[name], customer_ids)
    told = {name: levels for name, levels in learnt.items() if levels != ()}
    return Encoding(told or dict.fromkeys(numbers))


def frequent_levels(values: pd.Series, customer_ids: pd.Series) -> tuple[str | None, ...]:
    """Return the levels that :data:`LEVEL_SHARE` of the customers have, None last.

    Examples
    --------
    >>> frequent_levels(pd.Series(["b", "a", None]), pd.Series(["ann", "bob", "cy"]))
    ('a', 'b', None)
    """
    who = pd.DataFrame({"level": values, "customer": customer_ids}).drop_duplicates()
    needed = LEVEL_SHARE * customer_ids.nunique()
    counts = who["level"].dropna().astype(str).value_counts()
    # by customers, then by name: which of two equal ones stays must not depend on the rows' order
    ranked = sorted(counts[counts >= needed].items(), key=lambda each: (-each[1], str(each[0])))
    known = sorted(str(level) for level, _ in ranked[:MOST_LEVELS])
    without = int(who["level"].isna().sum())
    return (*known, None) if without and without >= needed else tuple(known)


def column_name(feature: str, level: str | None) -> str:
    """Return the name of a level's column: plain letters stay, what LightGBM forbids is quoted.

    Examples
    --------
    >>> column_name("crm_country", "DE"), column_name("crm_attr_shop", "Linz: 2")
    ('crm_country=DE', 'crm_attr_shop=Linz%3A%202')
    """
    return f"{feature}{MISSING}" if level is None else f"{feature}={quote(level, safe='')}"


def _numbers(frame: pd.DataFrame, names: list[str]) -> NDArray[np.float64]:
    read = frame[names]
    if (read.dtypes == np.float64).all():  # as an evaluation has them: all at once
        plain: NDArray[np.float64] = read.to_numpy()
        return plain
    return np.column_stack([as_float(read[name]) for name in names])


def _one_hot(values: pd.Series, levels: tuple[str | None, ...]) -> NDArray[np.float64]:
    if values.notna().any() and not is_text(values):
        raise FeatureError(
            f"feature '{values.name}' is no text here, as it was where the model learnt from it: "
            "give it another name, or fit the model anew"
        )
    known = [level for level in levels if level is not None]
    places = pd.Index(known, dtype=object).get_indexer(values.astype(object))
    one_hot: NDArray[np.float64] = np.zeros((len(values), len(levels)))
    one_hot[:, : len(known)] = places[:, None] == np.arange(len(known))
    if None in levels:
        one_hot[:, -1] = values.isna()
    return one_hot


def _varies(values: NDArray[np.float64]) -> bool:
    if not len(values):
        return False
    first = values[0]
    same = np.isnan(values) if np.isnan(first) else values == first
    return not bool(same.all())
