"""The directory: names, streets, cities and domains that people of the simulated shop may have.

Names are common ones of the German and the English speaking world, put together at random; streets
are invented combinations, cities and the shapes of their postcodes are real. A code is a row of the
file of that name under ``directories/``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

if TYPE_CHECKING:
    from numpy.typing import NDArray

COUNTRIES = ("DE", "AT", "CH", "GB", "US")
LANGUAGES = ("de", "en")
LANGUAGE_OF_COUNTRY = np.array([0, 0, 0, 1, 1], dtype=np.int8)
FOLDER = Path(__file__).parent / "directories"


@dataclass(frozen=True)
class FirstNames:
    """A row is a first name. Shares and years are rough, drawn from nobody's statistics.

    Attributes
    ----------
    words
        The names.
    language
        A code of :data:`LANGUAGES`.
    female_share
        Share of women among those who bear it, 0 to 1.
    peak_birth_year
        When it was given most.
    nicknames
        All nicknames, those of the first name first.
    nickname_starts
        Shape (names + 1,): which nicknames belong to a name; none for many.
    """

    words: pa.StringArray
    language: NDArray[np.int8]
    female_share: NDArray[np.float64]
    peak_birth_year: NDArray[np.int64]
    nicknames: pa.StringArray
    nickname_starts: NDArray[np.int64]


@dataclass(frozen=True)
class Weighted:
    """A row is a word of a language that is used with some weight: last names, domains."""

    words: pa.StringArray
    language: NDArray[np.int8]
    weight: NDArray[np.float64]


@dataclass(frozen=True)
class Cities:
    """A row is a city, or a part of one that has its own postcodes.

    Attributes
    ----------
    words, country, weight
        Name, code of :data:`COUNTRIES`, weight within the country.
    postcode_area
        Letters that a British postcode begins with; empty elsewhere.
    postcode_low, postcode_high
        Bounds of the number, both included; in Britain of the district.
    """

    words: pa.StringArray
    country: NDArray[np.int8]
    weight: NDArray[np.float64]
    postcode_area: pa.StringArray
    postcode_low: NDArray[np.int64]
    postcode_high: NDArray[np.int64]


@dataclass(frozen=True)
class Streets:
    """Words that streets are made of; per language as many stems and endings as in the other."""

    stems: tuple[pa.StringArray, ...]
    endings: tuple[pa.StringArray, ...]
    short_endings: tuple[pa.StringArray, ...]


@dataclass(frozen=True)
class Directory:
    """All that people may be called, and where they may live.

    Attributes
    ----------
    domain_typos, domain_typo_starts
        Misspelt e-mail domains, and which of them belong to a domain: shape (domains + 1,).
    """

    first_names: FirstNames
    last_names: Weighted
    cities: Cities
    streets: Streets
    domains: Weighted
    domain_typos: pa.StringArray
    domain_typo_starts: NDArray[np.int64]


@cache
def load_directory() -> Directory:
    """Read the files of the package, once per process."""
    domains = _read("email_domains")
    typos = domains["typos"].str.split()
    return Directory(
        first_names=_first_names(),
        last_names=_weighted(_read("last_names"), "name"),
        cities=_cities(),
        streets=_streets(),
        domains=_weighted(domains, "domain"),
        domain_typos=_words(typos.explode()),
        domain_typo_starts=_starts(typos.str.len().to_numpy()),
    )


def _first_names() -> FirstNames:
    names = _read("first_names")
    nicknames = _read("nicknames").groupby("name", sort=False)["nickname"].agg(list)
    of_name = names["name"].map(nicknames)
    counts = of_name.str.len().fillna(0).to_numpy().astype(np.int64)
    return FirstNames(
        words=_words(names["name"]),
        language=_codes(names["language"], LANGUAGES),
        female_share=names["female_share"].to_numpy(dtype=np.float64),
        peak_birth_year=names["peak_birth_year"].to_numpy(dtype=np.int64),
        nicknames=_words(of_name.dropna().explode()),
        nickname_starts=_starts(counts),
    )


def _cities() -> Cities:
    cities = _read("cities")
    return Cities(
        words=_words(cities["city"]),
        country=_codes(cities["country"], COUNTRIES),
        weight=cities["weight"].to_numpy(dtype=np.float64),
        postcode_area=_words(cities["postcode_area"]),
        postcode_low=cities["postcode_low"].to_numpy(dtype=np.int64),
        postcode_high=cities["postcode_high"].to_numpy(dtype=np.int64),
    )


def _streets() -> Streets:
    words = _read("street_words")

    def of_each_language(part: str, column: str) -> tuple[pa.StringArray, ...]:
        rows = words[words["part"] == part]
        return tuple(_words(rows.loc[rows["language"] == lang, column]) for lang in LANGUAGES)

    return Streets(
        stems=of_each_language("stem", "word"),
        endings=of_each_language("ending", "word"),
        short_endings=of_each_language("ending", "short"),
    )


def _weighted(rows: pd.DataFrame, column: str) -> Weighted:
    return Weighted(
        words=_words(rows[column]),
        language=_codes(rows["language"], LANGUAGES),
        weight=rows["weight"].to_numpy(dtype=np.float64),
    )


def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / f"{name}.csv", keep_default_na=False, encoding="utf-8")


def _words(column: pd.Series) -> pa.StringArray:
    return pa.array(column.tolist(), pa.string())


def _codes(column: pd.Series, words: tuple[str, ...]) -> NDArray[np.int8]:
    return np.array([words.index(word) for word in column], dtype=np.int8)


def _starts(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
