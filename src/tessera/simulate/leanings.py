"""What people lean to while they are the same at heart: each person's own draw around a persona."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tessera.simulate.personas import typical

if TYPE_CHECKING:
    from numpy.typing import NDArray

HOURS_FROM_UTC = np.array([1, 1, 1, 0, -6])
"""How far the clocks of each of ``people.COUNTRIES`` are ahead of UTC, without summer time."""


@dataclass(frozen=True)
class Leanings:
    """Tendencies as a struct of arrays, each of shape (people,).

    Attributes
    ----------
    persona
        What they are at heart, an index of ``PERSONAS``.
    rate
        Orders per day at a season factor of 1.
    lines, price_tier, price_sensitivity
        Mean lines of their baskets; share of premium and of cheap choices (0 to 2); share of
        orders at a discount.
    mobile_share, peak_hour
        Share of visits by phone; favourite hour (UTC).
    opens, clicks
        Their own chances to open an e-mail, and to click an opened one.
    style
        Index of ``words.STYLES``.
    """

    persona: NDArray[np.int8]
    rate: NDArray[np.float64]
    lines: NDArray[np.float64]
    price_tier: NDArray[np.float64]
    price_sensitivity: NDArray[np.float64]
    mobile_share: NDArray[np.float64]
    peak_hour: NDArray[np.float64]
    opens: NDArray[np.float64]
    clicks: NDArray[np.float64]
    style: NDArray[np.int8]


def draw_leanings(
    rng: np.random.Generator, persona: NDArray[np.int8], country: NDArray[np.int8]
) -> Leanings:
    """Draw what people of some personas lean to, who live in some countries."""
    return Leanings(
        persona=persona,
        rate=_rates(rng, persona),
        **_tastes(rng, persona),
        **_habits(rng, persona),
        peak_hour=_peak_hours(rng, persona, country),
    )


def _rates(rng: np.random.Generator, persona: NDArray[np.int8]) -> NDArray[np.float64]:
    shape = typical("rate_shape", persona)
    return rng.gamma(shape) / shape * typical("orders_per_year", persona) / 365


def _tastes(rng: np.random.Generator, persona: NDArray[np.int8]) -> dict[str, NDArray[Any]]:
    count = len(persona)
    return {
        "lines": np.maximum(1, typical("lines", persona) * rng.lognormal(-0.045, 0.3, count)),
        "price_tier": np.clip(typical("price_tier", persona) + rng.normal(0, 0.35, count), 0, 2),
        "price_sensitivity": _around(rng, typical("price_sensitivity", persona)),
    }


def _habits(rng: np.random.Generator, persona: NDArray[np.int8]) -> dict[str, NDArray[Any]]:
    count = len(persona)
    own_style = rng.random(count) < 0.6  # noqa: PLR2004 - the others write in any style
    style = np.where(own_style, typical("style", persona), rng.integers(0, 6, count))
    return {
        "mobile_share": _around(rng, typical("mobile_share", persona)),
        "opens": _around(rng, typical("opens", persona)),
        "clicks": _around(rng, typical("clicks", persona)),
        "style": style.astype(np.int8),
    }


def _peak_hours(
    rng: np.random.Generator, persona: NDArray[np.int8], country: NDArray[np.int8]
) -> NDArray[np.float64]:
    """Draw favourite hours as the clock at home shows them, and return them in UTC."""
    at_home = typical("peak_hour", persona) + rng.normal(0, 2.5, len(persona))
    return np.asarray(np.mod(at_home - HOURS_FROM_UTC[country], 24))


def _around(rng: np.random.Generator, mean: NDArray[np.float64]) -> NDArray[np.float64]:
    """Draw shares around a mean: Beta with the weight of eight observations."""
    return rng.beta(8 * mean, 8 * (1 - mean))
