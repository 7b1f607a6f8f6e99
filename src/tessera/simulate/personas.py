"""The kinds of people who shop here, and what is typical of each.

A persona is a tendency: every person draws their own parameters around it, so personas overlap.
Three more personas are states that anybody can be in for a while: new and promising, at risk but
recoverable, dormant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class Persona:
    """What is typical of one kind of customer; what is not said of it is as usual.

    Attributes
    ----------
    name
        Its name in the truth.
    share, share_after
        Share among newcomers before and after the drift.
    orders_per_year, rate_shape
        Mean and Gamma shape of the personal buying rate.
    life_days
        Mean time until interest begins to fade.
    regularity
        Mean of the personal Erlang order: 1 buys at random, 3 nearly by the clock.
    drift_factor
        What the drift does to the buying rate.
    lines, price_tier, price_sensitivity
        Mean lines of a basket; mean price tier (0 cheap, 2 premium); mean share of orders bought
        at a discount.
    return_share, gift_share, store_share
        Share of orders sent back, bought for somebody else, bought in a shop.
    december, spring, payday
        Factors of the buying rate in December (November rises half as much), from April to June,
        in the days after payday.
    launch
        How much the launch attracts them, for two months: 1 is usual.
    visits_per_order, idle_visits_per_month
        Visits that lead up to an order, and visits without any intention.
    mobile_share, peak_hour
        Share of visits by phone; the hour of the day, at home, around which they come.
    opens, clicks
        Chance that an e-mail is opened, and that an opened one is clicked.
    tickets_per_order, reviews_per_order
        How often an order is followed by a ticket, or by a review.
    style
        Favourite writing style, an index into ``words.STYLES``.
    persuadable, fatigue
        Chance that an offer changes their mind for, or against, buying.
    """

    name: str
    share: float
    share_after: float
    orders_per_year: float
    life_days: float
    price_tier: float
    rate_shape: float = 2.5
    regularity: float = 1.2
    drift_factor: float = 1.0
    lines: float = 2.3
    price_sensitivity: float = 0.2
    return_share: float = 0.15
    gift_share: float = 0.05
    store_share: float = 0.15
    december: float = 1.7
    spring: float = 1.0
    payday: float = 1.1
    launch: float = 1.1
    visits_per_order: float = 1.2
    idle_visits_per_month: float = 0.5
    mobile_share: float = 0.55
    peak_hour: float = 18.0
    opens: float = 0.3
    clicks: float = 0.12
    tickets_per_order: float = 0.03
    reviews_per_order: float = 0.05
    style: int = 1
    persuadable: float = 0.3
    fatigue: float = 0.05


PERSONAS = (
    Persona(
        name="loyal_high_value",
        share=0.09, share_after=0.06, orders_per_year=21, rate_shape=5.0, life_days=1_400,
        regularity=2.0, drift_factor=0.8, lines=3.2, price_tier=1.5, price_sensitivity=0.08,
        visits_per_order=0.8, opens=0.48, clicks=0.2, tickets_per_order=0.025,
        reviews_per_order=0.1, style=2, persuadable=0.1, fatigue=0.12,
    ),
    Persona(
        name="everyday_regular",
        share=0.17, share_after=0.14, orders_per_year=15, rate_shape=4.0, life_days=800,
        regularity=1.7, lines=2.8, price_tier=0.8, store_share=0.3, peak_hour=11.0,
        opens=0.36, clicks=0.12, december=1.4,
    ),
    Persona(
        name="bargain_hunter",
        share=0.15, share_after=0.24, orders_per_year=12, rate_shape=3.0, life_days=450,
        drift_factor=1.4, lines=2.4, price_tier=0.3, price_sensitivity=0.65, payday=1.6,
        visits_per_order=2.0, idle_visits_per_month=1.2, opens=0.4, clicks=0.25, style=3,
        persuadable=0.75, fatigue=0.02,
    ),
    Persona(
        name="researcher",
        share=0.12, share_after=0.1, orders_per_year=7, life_days=600, lines=1.5, price_tier=1.3,
        return_share=0.1, visits_per_order=4.5, idle_visits_per_month=1.0, mobile_share=0.35,
        peak_hour=20.0, opens=0.34, clicks=0.18, reviews_per_order=0.16, tickets_per_order=0.05,
        style=2, persuadable=0.25, launch=1.5,
    ),
    Persona(
        name="impulsive_buyer",
        share=0.12, share_after=0.18, orders_per_year=13, rate_shape=2.5, life_days=260,
        drift_factor=1.25, lines=1.7, price_tier=1.0, return_share=0.28, visits_per_order=0.3,
        idle_visits_per_month=0.9, mobile_share=0.85, peak_hour=21.5, opens=0.28, clicks=0.22,
        style=4, persuadable=0.5, fatigue=0.08, payday=1.8, launch=1.8,
    ),
    Persona(
        name="seasonal_gift_buyer",
        share=0.12, share_after=0.1, orders_per_year=3.2, rate_shape=3.0, life_days=1_500,
        lines=2.6, price_tier=1.1, gift_share=0.8, december=9.0, spring=2.2, opens=0.22,
        clicks=0.08, idle_visits_per_month=0.15, persuadable=0.3, fatigue=0.1,
    ),
    Persona(
        name="occasional_buyer",
        share=0.23, share_after=0.18, orders_per_year=4.0, rate_shape=1.5, life_days=120,
        lines=1.6, price_tier=0.7, price_sensitivity=0.3, opens=0.18, clicks=0.06,
        idle_visits_per_month=0.25, style=0, persuadable=0.2,
    ),
)  # fmt: skip
"""What a person is at heart. One row a persona; what is not said is as usual."""

STATES = ("new_and_promising", "at_risk_but_recoverable", "dormant")
"""What a person can be for a while, in the truth's words."""

NEW_DAYS = 120
"""Newcomers who buy at a promising rate are new for so long."""

PROMISING_PER_YEAR = 6.0
"""Orders a year from which a newcomer promises much, and a regular is worth keeping."""


def typical(attribute: str, persona: NDArray[np.int8]) -> NDArray[np.float64]:
    """Return what is typical of each person's persona, shape (people,).

    Examples
    --------
    >>> typical("peak_hour", np.array([1, 4], dtype=np.int8))
    array([11. , 21.5])
    """
    table = np.array([getattr(each, attribute) for each in PERSONAS], dtype=np.float64)
    return table[persona]
