"""How people, their streets and their numbers are spelled, by country."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.mailboxes import first_numbers, second_numbers, spell_mailboxes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.people import People

FIRST_NAMES = ("Anna", "Jörg", "Tim", "Elisabeth", "Thomas", "Mary")
NICKNAMES = ("Anni", "Jojo", "Timmy", "Lisa", "Tom", "Molly")
LAST_NAMES = ("Müller", "Smith", "Weiß", "Novak", "Brown")
DOMAINS = ("example.org", "example.net", "example.com")
STREETS = ("High Street", "Hauptstraße", "Park Lane")
CITIES = ("Northtown", "Südstadt", "Westville")
CALLING_CODES = ("+49", "+43", "+41", "+44", "+1")


def spell_names(
    rng: np.random.Generator, people: People, head: NDArray[np.int64], same_name_share: float
) -> dict[str, Any]:
    """Return the spelled columns of ``Profiles``: a stand-in with a handful of words."""
    count = len(people)
    first = rng.integers(0, len(FIRST_NAMES), count)
    last = rng.integers(0, len(LAST_NAMES), count)
    last = np.where(rng.random(count) < same_name_share, last[head], last)
    names = _words(FIRST_NAMES, first), _words(LAST_NAMES, last)
    mailboxes = [
        spell_mailboxes(rng, *names, numbers(people.number), _drawn(rng, DOMAINS, count))
        for numbers in (first_numbers, second_numbers)
    ]
    digits = pc.cast(pa.array(people.number + 15_100_000_000), pa.string())
    return {
        "first_name": names[0],
        "nickname": _words(NICKNAMES, first),
        "last_name": names[1],
        "emails": pa.concat_arrays(mailboxes),
        "addresses": _addresses(rng, np.concatenate([head, head + count])),
        "phone": pc.binary_join_element_wise(_words(CALLING_CODES, people.country), digits, ""),
        "local_phone": pc.binary_join_element_wise("0", digits, ""),
    }


def _addresses(rng: np.random.Generator, place: NDArray[np.int64]) -> pa.Table:
    count = len(place)
    house = pc.cast(pa.array(rng.integers(1, 100, count)), pa.string())
    columns = {
        "street": pc.binary_join_element_wise(_drawn(rng, STREETS, count), house, " "),
        "postcode": pc.cast(pa.array(rng.integers(10_000, 99_999, count)), pa.string()),
        "city": _drawn(rng, CITIES, count),
    }
    return pa.table(columns).take(pa.array(place))


def _words(words: tuple[str, ...], places: NDArray[Any]) -> pa.StringArray:
    return pa.array(words).take(pa.array(places))


def _drawn(rng: np.random.Generator, words: tuple[str, ...], count: int) -> pa.StringArray:
    return _words(words, rng.integers(0, len(words), count))
