"""When people come to the shop's site or app, and what for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.fulfilment import PLACES
from tessera.simulate.people import HOUR_SPREAD
from tessera.simulate.personas import typical

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.world import Block

PURPOSES = ("order", "research", "browse", "kiosk", "bot")
ORDER, RESEARCH, BROWSE, KIOSK, BOT = range(5)

STORE = PLACES.index("store")
RESEARCH_AHEAD_DAYS = 28.0
"""Nobody looks for longer than that before ordering."""

LEAST_AHEAD_DAYS = 1 / 24
"""What comes later belongs to the visit that orders."""

USUAL_RESEARCH_DAYS, LONG_RESEARCH_DAYS = 2.5, 6.0
"""Mean time from a visit to the order it prepares: of most, and of those who plan much."""

MUCH_PLANNING = 4.0
"""Visits per order from which a persona plans much."""

IDLE = "idle_visits_per_month"
DAYS_PER_MONTH = 30.4
KIOSK_SHARE = 0.06
"""Share of orders in a shop before which the customer signs in at its kiosk."""


@dataclass(frozen=True)
class Visits:
    """Visits of people as a struct of arrays, shape (visits,) each.

    Attributes
    ----------
    person
        Index into the people.
    day
        When the visit begins; for a visit that orders, when the order is placed.
    purpose
        Index of ``PURPOSES``.
    order
        Index of the order that is placed or prepared, -1 for none.
    persona
        What the person is at heart on that day.
    """

    person: NDArray[np.int64]
    day: NDArray[np.float64]
    purpose: NDArray[np.int8]
    order: NDArray[np.int64]
    persona: NDArray[np.int8]

    def __len__(self) -> int:
        """Count the visits."""
        return len(self.person)


def draw_visits(rng: np.random.Generator, block: Block) -> Visits:
    """Draw the visits of a block's people that the feeds show, in no particular order."""
    parts = [_ordering(block), _researching(rng, block), _browsing(rng, block)]
    return _joined(block, parts, [ORDER, RESEARCH, BROWSE])


def draw_kiosk_visits(rng: np.random.Generator, block: Block) -> Visits:
    """Draw who signs in at the kiosk of a shop, a few minutes before they order there."""
    baskets = block.baskets
    order = np.flatnonzero(_is_shown(block, baskets.day) & (block.fulfilment.place == STORE))
    order = order[rng.random(len(order)) < KIOSK_SHARE]
    day = baskets.day[order] - rng.uniform(4, 25, len(order)) / 1_440
    signs_in = (day >= 0) & (block.identities.account_day[baskets.person[order]] < day - 0.25)
    order, day = order[signs_in], day[signs_in]
    return _joined(block, [(baskets.person[order], day, np.full(len(order), -1))], [KIOSK])


_Part = tuple["NDArray[np.int64]", "NDArray[np.float64]", "NDArray[np.int64]"]


def _joined(block: Block, parts: list[_Part], purposes: list[int]) -> Visits:
    person, day, order = (np.concatenate(each) for each in zip(*parts, strict=True))
    purpose = np.repeat(np.array(purposes, np.int8), [len(each[0]) for each in parts])
    return Visits(person, day, purpose, order, block.people.of("persona", person, day))


def _ordering(block: Block) -> _Part:
    """Return the visits in which something is ordered, on the web or in the app."""
    day = block.baskets.day
    order = np.flatnonzero(_is_shown(block, day) & (block.fulfilment.place != STORE))
    return block.baskets.person[order], day[order], order


def _researching(rng: np.random.Generator, block: Block) -> _Part:
    """Draw the visits that prepare orders, also of orders after as_of."""
    baskets = block.baskets
    latest = block.world.calendar.observed_days + RESEARCH_AHEAD_DAYS
    is_near = (baskets.day >= 0) & (baskets.day < latest) & (block.fulfilment.place != STORE)
    order = np.flatnonzero(is_near)
    person, ordered = baskets.person[order], baskets.day[order]
    usual = typical("visits_per_order", block.people.of("persona", person, ordered))
    count = rng.poisson(usual * block.lifetimes.engagement(person, ordered))
    usual, order = np.repeat(usual, count), np.repeat(order, count)
    person, ordered = np.repeat(person, count), np.repeat(ordered, count)
    mean = np.where(usual >= MUCH_PLANNING, LONG_RESEARCH_DAYS, USUAL_RESEARCH_DAYS)
    ahead = np.minimum(rng.exponential(mean), RESEARCH_AHEAD_DAYS)
    day = _at_habitual_hours(rng, block, person, ordered - ahead)
    day -= np.ceil(np.maximum(day - (ordered - LEAST_AHEAD_DAYS), 0))
    is_shown = _is_shown(block, day)
    return person[is_shown], day[is_shown], order[is_shown]


def _browsing(rng: np.random.Generator, block: Block) -> _Part:
    """Draw the visits without intention: as many as somebody's interest is worth on that day."""
    people, end = block.people, block.world.calendar.observed_days
    begin = np.clip(people.joined_day, 0, end)
    usual = [typical(IDLE, each) for each in (people.persona, people.later_persona)]
    most = np.maximum(*usual)
    monthly = most * rng.gamma(3.0, 1 / 3, len(people))
    count = rng.poisson(monthly * (end - begin) / DAYS_PER_MONTH)
    person = np.repeat(np.arange(len(people)), count)
    day = rng.uniform(begin[person], end)
    share = typical(IDLE, people.of("persona", person, day)) / most[person]
    comes = rng.random(len(day)) < share * block.lifetimes.engagement(person, day)
    person, day = person[comes], day[comes]
    day = _at_habitual_hours(rng, block, person, day)
    return person, day, np.full(len(person), -1)


def _is_shown(block: Block, day: NDArray[np.float64]) -> NDArray[np.bool_]:
    return (day >= 0) & (day < block.world.calendar.observed_days)


def _at_habitual_hours(
    rng: np.random.Generator, block: Block, person: NDArray[np.int64], day: NDArray[np.float64]
) -> NDArray[np.float64]:
    hour = block.people.of("peak_hour", person, day) + rng.normal(0, HOUR_SPREAD, len(person))
    return np.asarray(np.floor(day) + np.mod(hour, 24) / 24)
