"""How e-mail addresses are made of names: five ways, and a number that keeps people apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SECOND_NUMBER_BITS = 0b1011010
WAY_SHARES = (0.42, 0.16, 0.14, 0.14, 0.14)
"""Of anna.weber, aweber, anna_weber, weber.anna and anna."""

LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "ł": "l"}
"""How letters are written that are more than a plain one with an accent."""


def spell_mailboxes(
    rng: np.random.Generator,
    first_name: pa.StringArray,
    last_name: pa.StringArray,
    number: NDArray[np.int64],
    domain: pa.StringArray,
) -> pa.StringArray:
    """Return an address for each person.

    Parameters
    ----------
    number
        Written before the @: different numbers give different addresses.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(3)
    >>> names = pa.array(["Jörg"]), pa.array(["Groß-Weber"])
    >>> spell_mailboxes(rng, *names, np.array([12]), pa.array(["example.org"])).to_pylist()
    ['joerg.gross-weber12@example.org']
    """
    first, last = in_ascii(first_name), in_ascii(last_name)
    ways = [
        pc.binary_join_element_wise(first, last, "."),
        pc.binary_join_element_wise(pc.utf8_slice_codeunits(first, 0, 1), last, ""),
        pc.binary_join_element_wise(first, last, "_"),
        pc.binary_join_element_wise(last, first, "."),
        first,
    ]
    way = rng.choice(len(ways), len(first), p=WAY_SHARES)
    local = pc.choose(pa.array(way), *ways)
    spelled = pc.cast(pa.array(number), pa.string())
    return pc.binary_join_element_wise(local, spelled, "@", domain, "")


def in_ascii(name: pa.StringArray) -> pa.StringArray:
    """Return names in small ASCII letters and hyphens, as mailboxes want them."""
    name = pc.utf8_lower(name)
    for letter, plain in LETTERS.items():
        name = pc.replace_substring(name, letter, plain)
    name = pc.utf8_normalize(name, "NFD")
    return pc.replace_substring_regex(name, "[^a-z-]", "")


def first_numbers(number: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the number in each person's first address, from the person's own number: even."""
    return 2 * number


def second_numbers(number: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the number in each person's second address: odd, and unlike the first."""
    return 2 * (number ^ SECOND_NUMBER_BITS) + 1
