"""What people are called, where they live and how they can be reached, as strings ready to use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.names import spell_names

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.calendar import Calendar
    from tessera.simulate.identities import Identities
    from tessera.simulate.people import People

GENDERS = ("female", "male", "diverse")
GENDER_SHARES = (0.53, 0.46, 0.01)


YEAR = 365.25
AGES, AGE_SHAPE = (18.0, 92.0), (1.6, 2.8)
"""Bounds and Beta shape: 45 on average, few over 80."""

PARTNER_YEARS = 3.5
MIXED_COUPLES = 0.94
HOUSE_YEARS = 9.0
LEARNING_DAYS, NEVER_LEARNED_SHARE = 60.0, 0.25
"""How long it takes the CRM on average to learn of a change, and how often it never does."""

CLOSED_SHARE, CLOSING_DAYS = 0.5, 60.0
"""Share of former mailboxes that are closed, and how long that takes."""


@dataclass(frozen=True)
class Profiles:
    """What is written about each person. Arrays of shape (people,), or (2 * people,) where said.

    What changes once in a life comes twice: place p is how person p begins, place people + p how
    they go on. Times are days; inf is never.

    Attributes
    ----------
    first_name, nickname, last_name
        Partners mostly share the last name.
    gender
        Index of ``GENDERS``.
    birth_date
        Day of birth.
    emails
        Own addresses, shape (2 * people,); the second is in use from
        ``identities.later_email_day``. Whoever shares a mailbox has a first one and lets it be.
    mistyped_emails
        The first address as its owner gets it wrong.
    email_known_day
        When the CRM learns of the second address; until then it writes to the first.
    mailbox_closes_day
        When the first mailbox takes no more mail.
    addresses
        Columns street, short_street, postcode and city, shape (2 * people,). Households live
        together.
    moves_house_day, address_known_day
        When they move from the first address to the second, and when the CRM learns of it.
    phone, local_phone
        Their number in international spelling, and as people of the country write it; NULL where
        none is known.
    """

    first_name: pa.StringArray
    nickname: pa.StringArray
    last_name: pa.StringArray
    gender: NDArray[np.int8]
    birth_date: NDArray[np.datetime64]
    emails: pa.StringArray
    mistyped_emails: pa.StringArray
    email_known_day: NDArray[np.float64]
    mailbox_closes_day: NDArray[np.float64]
    addresses: pa.Table
    moves_house_day: NDArray[np.float64]
    address_known_day: NDArray[np.float64]
    phone: pa.StringArray
    local_phone: pa.StringArray

    @property
    def birth_year(self) -> NDArray[np.int64]:
        """Year of birth, shape (people,)."""
        return years_of(self.birth_date)


def years_of(dates: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Return the years of dates."""
    return dates.astype("datetime64[Y]").astype(np.int64) + 1970


def draw_profiles(
    rng: np.random.Generator, calendar: Calendar, people: People, identities: Identities
) -> Profiles:
    """Draw how each person is called and can be reached, now and later."""
    head = heads_of_households(identities.partner)
    age = _ages(rng, head)
    gender = _genders(rng, head)
    birth_date = np.datetime64(calendar.as_of, "D") - np.floor(age * YEAR).astype(np.int64)
    moves = (people.joined_day + rng.exponential(HOUSE_YEARS * YEAR, len(people)))[head]
    contact, second = identities.contact_day, identities.later_email_day
    closes = second + rng.exponential(CLOSING_DAYS, len(people))
    words = spell_names(rng, people, head, _is_female(rng, gender), years_of(birth_date))
    known = pa.array(identities.has_phone)
    numbers = {name: pc.if_else(known, words[name], None) for name in ("phone", "local_phone")}
    return Profiles(
        **(words | numbers),
        gender=gender,
        birth_date=birth_date,
        email_known_day=_learned_days(rng, contact, second),
        mailbox_closes_day=np.where(rng.random(len(people)) < CLOSED_SHARE, closes, np.inf),
        moves_house_day=moves,
        address_known_day=_learned_days(rng, contact, moves),
    )


def heads_of_households(partner: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each person the lower index of their household, shape (people,).

    Examples
    --------
    >>> heads_of_households(np.array([1, 0, -1]))
    array([0, 0, 2])
    """
    own = np.arange(len(partner))
    return np.where(partner >= 0, np.minimum(own, partner), own)


def _ages(rng: np.random.Generator, head: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return ages in years at as_of: adults, partners within a few years of each other."""
    youngest, oldest = AGES
    age = youngest + (oldest - youngest) * rng.beta(*AGE_SHAPE, len(head))
    close = age[head] + rng.normal(0, PARTNER_YEARS, len(head))
    is_partner = head != np.arange(len(head))
    return np.where(is_partner, np.clip(close, youngest, oldest), age)


def _genders(rng: np.random.Generator, head: NDArray[np.int64]) -> NDArray[np.int8]:
    """Return genders; most couples are a woman and a man."""
    gender = rng.choice(len(GENDERS), len(head), p=GENDER_SHARES)
    is_other = (head != np.arange(len(head))) & (rng.random(len(head)) < MIXED_COUPLES)
    other = np.array([1, 0, 2])[gender[head]]
    return np.where(is_other, other, gender).astype(np.int8)


def _is_female(rng: np.random.Generator, gender: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Return who bears a woman's name."""
    by_chance = rng.random(len(gender)) < 0.5  # noqa: PLR2004 - either
    return np.where(gender == GENDERS.index("diverse"), by_chance, gender == 0)


def _learned_days(
    rng: np.random.Generator, contact_day: NDArray[np.float64], changed_day: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return when the CRM learns of a change: at once when it met the person after it."""
    count = len(contact_day)
    learned = changed_day + rng.exponential(LEARNING_DAYS, count)
    learned = np.where(rng.random(count) < NEVER_LEARNED_SHARE, np.inf, learned)
    return np.where(contact_day >= changed_day, changed_day, np.maximum(learned, contact_day))
