"""Names of people: drawn by country, gender and year of birth, and spelt from codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tessera.simulate.words.directory import LANGUAGE_OF_COUNTRY, LANGUAGES, load_directory

if TYPE_CHECKING:
    from numpy.typing import NDArray

FASHION_YEARS = 9.0
"""How long a name stays in fashion: the standard deviation of the years in which it is given."""
FIRST_DECADE, LAST_DECADE = 193, 200
"""Decades of birth that names are told apart by (the 1930s to the 2000s); others are rounded."""
COUSINS = 0.02
"""Share of people whose name is of any decade: some are called after a grandparent."""


def draw_first_names(
    rng: np.random.Generator,
    country: NDArray[np.int8],
    is_female: NDArray[np.bool_],
    birth_year: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Draw a first name (a code) for each person, as fits country, gender and year of birth."""
    names = load_directory().first_names
    decade = np.clip(birth_year // 10, FIRST_DECADE, LAST_DECADE)
    decades = np.arange(FIRST_DECADE, LAST_DECADE + 1)
    distance = (decades[:, None] * 10 + 5 - names.peak_birth_year) / FASHION_YEARS
    in_fashion = np.exp(-0.5 * distance**2) + COUSINS
    gender = np.stack([1 - names.female_share, names.female_share])
    spoken = np.arange(len(LANGUAGES))[:, None] == names.language
    # one row of weights per (language, gender, decade)
    weights = spoken[:, None, None] * gender[None, :, None] * in_fashion[None, None]
    cells = weights.reshape(-1, len(names.words))
    language = LANGUAGE_OF_COUNTRY[country].astype(np.int64)
    cell = (language * 2 + is_female) * len(decades) + (decade - FIRST_DECADE)
    return draw_by_weight(rng, cells, cell)


def draw_last_names(rng: np.random.Generator, country: NDArray[np.int8]) -> NDArray[np.int64]:
    """Draw a last name (a code) for each person, by the language of the country."""
    names = load_directory().last_names
    spoken = np.arange(len(LANGUAGES))[:, None] == names.language
    return draw_by_weight(rng, spoken * names.weight, LANGUAGE_OF_COUNTRY[country])


def draw_by_weight(
    rng: np.random.Generator, weights: NDArray[np.float64], row: NDArray[np.integer]
) -> NDArray[np.int64]:
    """Draw a column for each entry of ``row``, by the weights of that row.

    Examples
    --------
    >>> draw_by_weight(np.random.default_rng(1), np.eye(3), np.array([2, 0, 1])).tolist()
    [2, 0, 1]
    """
    shares = weights / weights.sum(axis=1, keepdims=True)
    # all rows on one line, each a unit long, so that one search serves everybody
    edges = np.clip(shares.cumsum(axis=1), 0, 1) + np.arange(len(weights))[:, None]
    edges[:, -1] = np.arange(len(weights)) + 1.0
    found = np.searchsorted(edges.ravel(), row + rng.random(len(row)), side="right")
    columns: NDArray[np.int64] = found - row.astype(np.int64) * weights.shape[1]
    return columns


def spell_first_names(codes: NDArray[np.int64]) -> pa.StringArray:
    """Return the first names of the codes."""
    return load_directory().first_names.words.take(pa.array(codes))


def spell_last_names(codes: NDArray[np.int64]) -> pa.StringArray:
    """Return the last names of the codes."""
    return load_directory().last_names.words.take(pa.array(codes))


def spell_nicknames(codes: NDArray[np.int64], choice: NDArray[np.int64]) -> pa.StringArray:
    """Return what friends say instead of first names.

    Parameters
    ----------
    codes
        First names.
    choice
        Which of several nicknames, any number from 0; it is taken modulo how many there are. A
        name without a nickname stays as it is.
    """
    names = load_directory().first_names
    starts = names.nickname_starts[codes]
    counts = names.nickname_starts[codes + 1] - starts
    place = np.where(counts > 0, starts + choice % np.maximum(counts, 1), 0)
    place = np.where(counts > 0, len(names.words) + place, codes)
    return pa.concat_arrays([names.words, names.nicknames]).take(pa.array(place))
