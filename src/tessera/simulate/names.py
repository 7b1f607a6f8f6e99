"""What people are called and where they live, put together from the directory of words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from tessera.simulate.words.addresses import (
    draw_cities,
    spell_cities,
    spell_postcodes,
    spell_streets,
)
from tessera.simulate.words.emails import (
    PATTERNS,
    draw_domains,
    replace_domains,
    spell_emails,
    spell_mistyped_domains,
)
from tessera.simulate.words.people import (
    draw_first_names,
    draw_last_names,
    spell_first_names,
    spell_last_names,
    spell_nicknames,
)
from tessera.simulate.words.phones import PHONE_FORMATS, spell_phones

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.people import People

SAME_NAME_SHARE = 0.85
"""Share of partners who bear the same last name."""

SAME_CITY_SHARE = 0.6
"""Share of moves within a city."""

ANY_NUMBER = 2**31
FIRST_STEP, SECOND_STEP, PHONE_STEP = 387, 613, 729
"""Steps in which the numbers of neighbours lie apart; prime to a thousand."""

NUMBERED_PATTERNS = np.flatnonzero([is_numbered for *_, is_numbered in PATTERNS])
"""Ways to spell an address in which the number tells namesakes apart."""


def spell_names(
    rng: np.random.Generator,
    people: People,
    head: NDArray[np.int64],
    is_female: NDArray[np.bool_],
    birth_year: NDArray[np.int64],
) -> dict[str, Any]:
    """Draw and spell everything in ``Profiles`` that is a word.

    Parameters
    ----------
    head
        For each person the one whose address, and mostly last name, they share.
    """
    first = draw_first_names(rng, people.country, is_female, birth_year)
    last = draw_last_names(rng, people.country)
    last = np.where(rng.random(len(people)) < SAME_NAME_SHARE, last[head], last)
    nickname = rng.integers(0, ANY_NUMBER, len(people))
    return {
        "first_name": spell_first_names(first),
        "nickname": spell_nicknames(first, nickname),
        "last_name": spell_last_names(last),
        "addresses": _addresses(rng, people.country, head),
        **_mailboxes(rng, people, first, last),
        **_phones(rng, people),
    }


def shuffled(number: NDArray[np.int64], step: int) -> NDArray[np.int64]:
    """Return numbers one to one, each within its thousand, so that neighbours are not alike.

    Neighbours in number may be a household; what they have in common shall be planted only.

    Examples
    --------
    >>> shuffled(np.array([0, 1, 2, 3, 1_001]), 387)
    array([   0,  387,  774,  161, 1387])
    """
    return number // 1_000 * 1_000 + number % 1_000 * step % 1_000


def mailbox_numbers(number: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers in everybody's first e-mail address, even, and in their second, odd."""
    first, second = shuffled(number, FIRST_STEP), shuffled(number, SECOND_STEP)
    return np.concatenate([2 * first, 2 * second + 1])


def _mailboxes(
    rng: np.random.Generator, people: People, first: NDArray[np.int64], last: NDArray[np.int64]
) -> dict[str, pa.StringArray]:
    """Return two addresses a person, and the first with a slip in its domain."""
    count = len(people)
    number = mailbox_numbers(people.number)
    domain = draw_domains(rng, np.tile(people.country, 2))
    pattern = rng.choice(NUMBERED_PATTERNS, 2 * count)
    emails = spell_emails(np.tile(first, 2), np.tile(last, 2), number, domain, pattern)
    slips = spell_mistyped_domains(domain[:count], rng.integers(0, ANY_NUMBER, count))
    return {"emails": emails, "mistyped_emails": replace_domains(emails[:count], slips)}


def _phones(rng: np.random.Generator, people: People) -> dict[str, pa.StringArray]:
    """Return each person's number in international spelling, and in another."""
    international = np.zeros(len(people), np.int64)
    other = rng.integers(1, len(PHONE_FORMATS), len(people))
    number = shuffled(people.number, PHONE_STEP)
    return {
        "phone": spell_phones(people.country, number, international),
        "local_phone": spell_phones(people.country, number, other),
    }


def _addresses(
    rng: np.random.Generator, country: NDArray[np.int8], head: NDArray[np.int64]
) -> pa.Table:
    """Return the first addresses of all, then those that they may move to."""
    count = len(head)
    country, stays = np.tile(country, 2), rng.random(count) < SAME_CITY_SHARE
    city = draw_cities(rng, country)
    city[count:] = np.where(stays, city[:count], city[count:])
    place = rng.integers(0, ANY_NUMBER, 2 * count)
    long, short = np.zeros(2 * count, bool), np.ones(2 * count, bool)
    table = pa.table(
        {
            "street": spell_streets(country, place, is_short=long),
            "short_street": spell_streets(country, place, is_short=short),
            "postcode": spell_postcodes(city, rng.integers(0, ANY_NUMBER, 2 * count)),
            "city": spell_cities(city),
        }
    )
    return table.take(pa.array(np.concatenate([head, head + count]))).combine_chunks()
