"""Who shops here: each person's own tendencies, drawn around those of their persona."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tessera.simulate.leanings import Leanings, draw_leanings
from tessera.simulate.personas import PERSONAS, typical

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.calendar import Calendar

COUNTRIES = ("DE", "AT", "CH", "GB", "US")
COUNTRY_SHARES = (0.45, 0.1, 0.08, 0.2, 0.17)
CURRENCIES = ("EUR", "EUR", "CHF", "GBP", "USD")
"""Currency of each country's orders."""

PER_EURO = (1.0, 1.0, 0.95, 0.86, 1.08)
"""Price list of each country: units of its currency per euro."""

CAUSES = ("price", "service", "product_quality", "competitor", "moved_away", "no_need")
CAUSE_SHARES = (0.2, 0.22, 0.14, 0.18, 0.08, 0.18)
RECOVERABLE_CAUSES = 3
"""The first so many causes can be answered by an offer, an apology, a better product."""

PROSPECT_SHARE = 0.06
EXISTING_AGE_DAYS = 400.0
"""Mean time since joining of those who are there when the history begins."""

OLDEST_DAYS = 1_000
MOVER_SHARE = 0.08
LONGEST_GAMMA_REGULARITY = 3


@dataclass(frozen=True)
class People(Leanings):
    """Persons as a struct of arrays, each of shape (people,). Times are days.

    What they lean to stands here as it is when they join; :meth:`of` and :meth:`at` say how it is
    on a day.

    Attributes
    ----------
    number
        The person, counted from 0 over the whole shop.
    later, moves_day
        What they lean to from ``moves_day`` on (inf: they stay what they are).
    joined_day
        When they first bought, or for a prospect first asked. Negative: before the feeds begin.
    is_prospect
        They never buy.
    regularity
        Erlang order of their rhythm, 1 to 3: 1 is a Poisson process, more is more regular.
    life_days, decline_days
        Their own mean time until interest fades, and mean time of fading.
    cause
        Why they will leave, an index of ``CAUSES``.
    country
        Index of ``COUNTRIES``.
    spend_level
        Their own factor on the quantity they buy, whatever they are at heart.
    top_category_u, second_category_u
        Where their two favourite categories lie in the catalogue, in [0, 1).
    response
        Their own place in [0, 1) on how they respond to offers: see ``campaigns``.
    """

    number: NDArray[np.int64]
    later: Leanings
    moves_day: NDArray[np.float64]
    joined_day: NDArray[np.float64]
    is_prospect: NDArray[np.bool_]
    regularity: NDArray[np.int8]
    life_days: NDArray[np.float64]
    decline_days: NDArray[np.float64]
    cause: NDArray[np.int8]
    country: NDArray[np.int8]
    spend_level: NDArray[np.float64]
    top_category_u: NDArray[np.float64]
    second_category_u: NDArray[np.float64]
    response: NDArray[np.float64]

    def __len__(self) -> int:
        """Count the people."""
        return len(self.number)

    @property
    def later_persona(self) -> NDArray[np.int8]:
        """What they are at heart from ``moves_day`` on."""
        return self.later.persona

    @property
    def later_rate(self) -> NDArray[np.float64]:
        """Orders per day from ``moves_day`` on."""
        return self.later.rate

    def of(
        self, leaning: str, person: NDArray[np.int64], day: NDArray[np.float64] | float
    ) -> NDArray[Any]:
        """Return what persons lean to on days: an attribute of ``Leanings``, shape (persons,)."""
        first, later = getattr(self, leaning), getattr(self.later, leaning)
        return np.asarray(np.where(self.moves_day[person] <= day, later[person], first[person]))

    def at(self, day: float) -> People:
        """Return the people as they are on a day."""
        everybody = np.arange(len(self))
        told: dict[str, Any] = {
            each.name: self.of(each.name, everybody, day) for each in fields(Leanings)
        }
        return replace(self, **told)


HOUR_SPREAD = 3.0
"""Standard deviation, in hours, of the time of day around a person's favourite."""


def draw_people(
    rng: np.random.Generator, calendar: Calendar, first_number: int, count: int
) -> People:
    """Draw ``count`` people, numbered from ``first_number``."""
    joined = _joined_days(rng, calendar, count)
    persona = _personas(rng, joined >= calendar.drift_day)
    country = _countries(rng, count)
    leanings = draw_leanings(rng, persona, country)
    hour = leanings.peak_hour + rng.normal(0, HOUR_SPREAD, count)
    joined = np.floor(joined) + np.mod(hour, 24) / 24
    moves = rng.random(count) < MOVER_SHARE
    later = np.where(moves, _personas(rng, np.zeros(count, bool)), persona).astype(np.int8)
    moves_day = rng.uniform(np.maximum(joined, 0), calendar.observed_days, count)
    return People(
        **vars(leanings),
        number=np.arange(first_number, first_number + count),
        later=draw_leanings(rng, later, country),
        moves_day=np.where(moves & (later != persona), moves_day, np.inf),
        joined_day=joined,
        is_prospect=rng.random(count) < PROSPECT_SHARE,
        regularity=_regularities(rng, persona),
        life_days=typical("life_days", persona) / rng.gamma(3.0, 1 / 3, count),
        decline_days=rng.uniform(30, 90, count),
        cause=rng.choice(len(CAUSES), count, p=CAUSE_SHARES).astype(np.int8),
        country=country,
        spend_level=rng.lognormal(-0.045, 0.3, count),
        top_category_u=rng.random(count),
        second_category_u=rng.random(count),
        response=rng.random(count),
    )


def _joined_days(rng: np.random.Generator, calendar: Calendar, count: int) -> NDArray[np.float64]:
    """Return when people join: some long ago, the others evenly over the history.

    So many were there before that the first day shown is a day like any other.
    """
    ago = -np.minimum(rng.exponential(EXISTING_AGE_DAYS, count), OLDEST_DAYS)
    later = rng.uniform(0, calendar.observed_days, count)
    existing = EXISTING_AGE_DAYS / (EXISTING_AGE_DAYS + calendar.observed_days)
    return np.where(rng.random(count) < existing, ago, later)


def _personas(rng: np.random.Generator, is_after_drift: NDArray[np.bool_]) -> NDArray[np.int8]:
    before = np.cumsum([each.share for each in PERSONAS])
    after = np.cumsum([each.share_after for each in PERSONAS])
    drawn = rng.random(len(is_after_drift))
    chosen = np.where(
        is_after_drift,
        np.searchsorted(after / after[-1], drawn, side="right"),
        np.searchsorted(before / before[-1], drawn, side="right"),
    )
    return chosen.astype(np.int8)


def _countries(rng: np.random.Generator, count: int) -> NDArray[np.int8]:
    """Return countries, the same for two neighbours in number: they may be a household."""
    drawn = rng.choice(len(COUNTRIES), count, p=COUNTRY_SHARES).astype(np.int8)
    return drawn[np.arange(count) // 2 * 2]


def _regularities(rng: np.random.Generator, persona: NDArray[np.int8]) -> NDArray[np.int8]:
    spread = typical("regularity", persona) + rng.normal(0, 0.6, len(persona))
    return np.clip(np.rint(spread), 1, LONGEST_GAMMA_REGULARITY).astype(np.int8)
