"""Who shops here: each person's own tendencies, drawn around those of their persona."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

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
class People:
    """Persons as a struct of arrays, each of shape (people,). Times are days.

    Attributes
    ----------
    number
        The person, counted from 0 over the whole shop.
    persona, later_persona
        What they are at heart, and after ``moves_day`` (inf: they stay), indices of ``PERSONAS``.
    joined_day
        When they first bought, or for a prospect first asked. Negative: before the feeds begin.
    is_prospect
        They never buy.
    rate, later_rate
        Orders per day at a season factor of 1, before and after ``moves_day``.
    regularity
        Erlang order of their rhythm, 1 to 3: 1 is a Poisson process, more is more regular.
    life_days, decline_days
        Their own mean time until interest fades, and mean time of fading.
    cause
        Why they will leave, an index of ``CAUSES``.
    country
        Index of ``COUNTRIES``.
    lines, price_tier, price_sensitivity
        Mean lines of their baskets; share of premium and of cheap choices (0 to 2); share of
        orders at a discount.
    spend_level
        Their own factor on the quantity they buy.
    top_category_u, second_category_u
        Where their two favourite categories lie in the catalogue, in [0, 1).
    mobile_share, peak_hour
        Share of visits by phone, favourite hour (UTC).
    opens, clicks
        Their own chances to open an e-mail, and to click an opened one.
    style
        Index of ``words.STYLES``.
    response
        Their own place in [0, 1) on how they respond to offers: see ``campaigns``.
    """

    number: NDArray[np.int64]
    persona: NDArray[np.int8]
    later_persona: NDArray[np.int8]
    moves_day: NDArray[np.float64]
    joined_day: NDArray[np.float64]
    is_prospect: NDArray[np.bool_]
    rate: NDArray[np.float64]
    later_rate: NDArray[np.float64]
    regularity: NDArray[np.int8]
    life_days: NDArray[np.float64]
    decline_days: NDArray[np.float64]
    cause: NDArray[np.int8]
    country: NDArray[np.int8]
    lines: NDArray[np.float64]
    price_tier: NDArray[np.float64]
    price_sensitivity: NDArray[np.float64]
    spend_level: NDArray[np.float64]
    top_category_u: NDArray[np.float64]
    second_category_u: NDArray[np.float64]
    mobile_share: NDArray[np.float64]
    peak_hour: NDArray[np.float64]
    opens: NDArray[np.float64]
    clicks: NDArray[np.float64]
    style: NDArray[np.int8]
    response: NDArray[np.float64]

    def __len__(self) -> int:
        """Count the people."""
        return len(self.number)


HOUR_SPREAD = 3.0
"""Standard deviation, in hours, of the time of day around a person's favourite."""


def draw_people(
    rng: np.random.Generator, calendar: Calendar, first_number: int, count: int
) -> People:
    """Draw ``count`` people, numbered from ``first_number``."""
    joined = _joined_days(rng, calendar, count)
    persona = _personas(rng, joined >= calendar.drift_day)
    habits = _habits(rng, persona)
    hour = habits["peak_hour"] + rng.normal(0, HOUR_SPREAD, count)
    joined = np.floor(joined) + np.mod(hour, 24) / 24
    moves = rng.random(count) < MOVER_SHARE
    later = np.where(moves, _personas(rng, np.zeros(count, bool)), persona).astype(np.int8)
    moves_day = rng.uniform(np.maximum(joined, 0), calendar.observed_days, count)
    return People(
        number=np.arange(first_number, first_number + count),
        persona=persona,
        later_persona=later,
        moves_day=np.where(moves & (later != persona), moves_day, np.inf),
        joined_day=joined,
        is_prospect=rng.random(count) < PROSPECT_SHARE,
        rate=_rates(rng, persona),
        later_rate=_rates(rng, later),
        regularity=_regularities(rng, persona),
        life_days=typical("life_days", persona) / rng.gamma(3.0, 1 / 3, count),
        decline_days=rng.uniform(30, 90, count),
        cause=rng.choice(len(CAUSES), count, p=CAUSE_SHARES).astype(np.int8),
        country=_countries(rng, count),
        **_tastes(rng, persona),
        **habits,
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


def _rates(rng: np.random.Generator, persona: NDArray[np.int8]) -> NDArray[np.float64]:
    shape = typical("rate_shape", persona)
    return rng.gamma(shape) / shape * typical("orders_per_year", persona) / 365


def _regularities(rng: np.random.Generator, persona: NDArray[np.int8]) -> NDArray[np.int8]:
    spread = typical("regularity", persona) + rng.normal(0, 0.6, len(persona))
    return np.clip(np.rint(spread), 1, LONGEST_GAMMA_REGULARITY).astype(np.int8)


def _tastes(rng: np.random.Generator, persona: NDArray[np.int8]) -> dict[str, NDArray[Any]]:
    count = len(persona)
    return {
        "lines": np.maximum(1, typical("lines", persona) * rng.lognormal(-0.045, 0.3, count)),
        "price_tier": np.clip(typical("price_tier", persona) + rng.normal(0, 0.35, count), 0, 2),
        "price_sensitivity": _around(rng, typical("price_sensitivity", persona)),
        "spend_level": rng.lognormal(-0.045, 0.3, count),
        "top_category_u": rng.random(count),
        "second_category_u": rng.random(count),
    }


def _habits(rng: np.random.Generator, persona: NDArray[np.int8]) -> dict[str, NDArray[Any]]:
    count = len(persona)
    own_style = rng.random(count) < 0.6  # noqa: PLR2004 - the others write in any style
    style = np.where(own_style, typical("style", persona), rng.integers(0, 6, count))
    return {
        "mobile_share": _around(rng, typical("mobile_share", persona)),
        "peak_hour": np.mod(typical("peak_hour", persona) + rng.normal(0, 2.5, count), 24),
        "opens": _around(rng, typical("opens", persona)),
        "clicks": _around(rng, typical("clicks", persona)),
        "style": style.astype(np.int8),
        "response": rng.random(count),
    }


def _around(rng: np.random.Generator, mean: NDArray[np.float64]) -> NDArray[np.float64]:
    """Draw shares around a mean: Beta with the weight of eight observations."""
    return rng.beta(8 * mean, 8 * (1 - mean))
