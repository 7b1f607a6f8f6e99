"""Phone numbers that ring nowhere.

The first numbers of a country come from ranges that its regulator keeps free for film and
television: Germany's "drama numbers" (Bundesnetzagentur, notice 148/2021), Ofcom's numbers for
drama use, and 555-01xx in North America. Austria and Switzerland have none. When a range is used
up, and there from the start, a subscriber number begins with 0 behind a real prefix: a shape that,
as far as we know, is given to nobody. There is room for a million people or more in each country.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.words.addresses import pad_numbers
from tessera.simulate.words.directory import COUNTRIES

if TYPE_CHECKING:
    from numpy.typing import NDArray

COUNTRY_CODES = ("49", "43", "41", "44", "1")
TRUNK_PREFIXES = ("0", "0", "0", "0", "")
PHONE_FORMATS = ("international", "national", "digits", "double zero")
"""+49 30 23125017 · 030 23125017 · 03023125017 · 00493023125017."""


@dataclass(frozen=True)
class _Range:
    """Numbers that share their beginning: prefix, then a stem, then ``digits`` digits."""

    country: int
    prefix: str
    stem: str
    digits: int


_AMERICAN_AREAS = (
    "206",
    "212",
    "213",
    "215",
    "303",
    "312",
    "402",
    "503",
    "512",
    "602",
    "617",
    "713",
)
_RANGES = (
    *(
        _Range(0, *parts, 3)
        for parts in (
            ("30", "23125"),
            ("69", "90009"),
            ("40", "66969"),
            ("221", "4710"),
            ("89", "99998"),
        )
    ),
    _Range(0, "151", "0", 7),
    _Range(1, "660", "0", 7),
    _Range(2, "79", "0", 6),
    _Range(3, "7700", "900", 3),
    _Range(3, "20", "79460", 3),
    _Range(3, "161", "4960", 3),
    _Range(3, "20", "0", 7),
    *(_Range(4, area, "55501", 2) for area in _AMERICAN_AREAS),
    _Range(4, "212", "0", 6),
)
"""In the order in which the numbers of a country are used up; the last of each is the reserve."""


def spell_phones(
    country: NDArray[np.int8], numbers: NDArray[np.int64], form: NDArray[np.int64]
) -> pa.StringArray:
    """Return phone numbers; different numbers from 0 give different phones.

    Parameters
    ----------
    country
        Codes.
    numbers
        Which phone of the country; taken modulo how many there are (over a million everywhere).
    form
        How it is written, indices into :data:`PHONE_FORMATS`. The phone stays the same.
    """
    row, rest = _locate(country, numbers)
    digits = np.array([place.digits for place in _RANGES])[row]
    stem = pa.array([place.stem for place in _RANGES]).take(pa.array(row))
    prefix = pa.array([place.prefix for place in _RANGES]).take(pa.array(row))
    subscriber = pc.binary_join_element_wise(stem, pad_numbers(rest, digits), "")
    return pc.binary_join_element_wise(_lead(country, form), prefix, _gap(form), subscriber, "")


def _locate(
    country: NDArray[np.int8], numbers: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the range of each phone, and its number within."""
    sizes = np.array([10**place.digits for place in _RANGES], dtype=np.int64)
    owners = np.array([place.country for place in _RANGES])
    first = np.searchsorted(owners, np.arange(len(COUNTRIES)))
    before = np.concatenate([[0], sizes.cumsum()])
    total = before[np.searchsorted(owners, np.arange(len(COUNTRIES)), side="right")] - before[first]
    place = before[first[country]] + numbers % total[country]
    row = np.searchsorted(before, place, side="right") - 1
    return row, place - before[row]


def _lead(country: NDArray[np.int8], form: NDArray[np.int64]) -> pa.StringArray:
    leads = [
        lead
        for code, trunk in zip(COUNTRY_CODES, TRUNK_PREFIXES, strict=True)
        for lead in (f"+{code} ", trunk, trunk, f"00{code}")
    ]
    return pa.array(leads).take(pa.array(country.astype(np.int64) * len(PHONE_FORMATS) + form))


def _gap(form: NDArray[np.int64]) -> pa.StringArray:
    return pa.array([" ", " ", "", ""]).take(pa.array(form))
