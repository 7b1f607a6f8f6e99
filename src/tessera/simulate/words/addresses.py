"""Postal addresses: cities, postcodes of their shape, and streets that are invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.words.directory import (
    COUNTRIES,
    LANGUAGE_OF_COUNTRY,
    load_directory,
)
from tessera.simulate.words.people import draw_by_weight

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
"""Letters that the second half of a British postcode may have: all but C, I, K, M, O and V."""
POSTCODE_DIGITS = {"DE": 5, "AT": 4, "CH": 4, "US": 5}


def draw_cities(rng: np.random.Generator, country: NDArray[np.int8]) -> NDArray[np.int64]:
    """Draw a city (a code) for each person, by its weight within the country."""
    cities = load_directory().cities
    lies_in = np.arange(len(COUNTRIES))[:, None] == cities.country
    return draw_by_weight(rng, lies_in * cities.weight, country)


def spell_cities(codes: NDArray[np.int64]) -> pa.StringArray:
    """Return the names of the cities."""
    return load_directory().cities.words.take(pa.array(codes))


def spell_countries(codes: NDArray[np.int8]) -> pa.StringArray:
    """Return the two letters of the countries."""
    return pa.array(COUNTRIES).take(pa.array(codes))


def spell_postcodes(cities: NDArray[np.int64], numbers: NDArray[np.int64]) -> pa.StringArray:
    """Return postcodes of the shape and, but for Britain's last three signs, the range of a city.

    Parameters
    ----------
    cities
        Codes.
    numbers
        Any number from 0 tells addresses in a city apart.
    """
    rows = load_directory().cities
    low, high = rows.postcode_low[cities], rows.postcode_high[cities]
    value = low + numbers % (high - low + 1)
    country = rows.country[cities]
    width = np.array([POSTCODE_DIGITS.get(name, 1) for name in COUNTRIES])[country]
    digits = pad_numbers(value, width)
    is_british = pa.array(country == COUNTRIES.index("GB"))
    outward = pc.binary_join_element_wise(rows.postcode_area.take(pa.array(cities)), digits, "")
    return pc.if_else(
        is_british,
        pc.binary_join_element_wise(outward, _units(numbers // (high - low + 1)), " "),
        digits,
    )


def spell_streets(
    country: NDArray[np.int8], numbers: NDArray[np.int64], *, is_short: NDArray[np.bool_]
) -> pa.StringArray:
    """Return street and house number, as the country writes them.

    Parameters
    ----------
    country
        Codes.
    numbers
        Which street and house; any number from 0.
    is_short
        Where the ending is abbreviated (``Lindenstr. 7``, ``7 Linden Rd``).
    """
    streets = load_directory().streets
    stems, endings = len(streets.stems[0]), len(streets.endings[0])
    language = LANGUAGE_OF_COUNTRY[country].astype(np.int64)
    stem = pa.concat_arrays(streets.stems).take(pa.array(language * stems + numbers % stems))
    variants = [*streets.endings, *streets.short_endings]
    kind = numbers // stems % endings + endings * (language + 2 * is_short)
    ending = pa.concat_arrays(variants).take(pa.array(kind))
    house = pa.array(numbers // (stems * endings) % 140 + 1).cast(pa.string())
    german = pc.binary_join_element_wise(pc.binary_join_element_wise(stem, ending, ""), house, " ")
    english = pc.binary_join_element_wise(house, stem, ending, " ")
    return pc.if_else(pa.array(language == 0), german, english)


def pad_numbers(numbers: NDArray[np.int64], width: NDArray[np.int64]) -> pa.StringArray:
    """Return numbers in digits, with zeros before them up to a width per row (at most 9).

    Examples
    --------
    >>> pad_numbers(np.array([7, 12345]), np.array([3, 4])).to_pylist()
    ['007', '12345']
    """
    spelt = pa.array(numbers).cast(pa.string())
    missing = np.maximum(width - pc.binary_length(spelt).to_numpy(), 0)
    zeros = pa.array(["0" * count for count in range(10)]).take(pa.array(missing))
    return pc.binary_join_element_wise(zeros, spelt, "")


def _units(numbers: NDArray[np.int64]) -> pa.StringArray:
    letters, count = pa.array(list(UNIT_LETTERS)), len(UNIT_LETTERS)
    return pc.binary_join_element_wise(
        pa.array(numbers % 10).cast(pa.string()),
        letters.take(pa.array(numbers // 10 % count)),
        letters.take(pa.array(numbers // (10 * count) % count)),
        "",
    )
