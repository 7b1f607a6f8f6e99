"""When people buy: a Pareto/GGG process in operational time.

Platzer and Reutterer (2016), "Ticking Away the Moments: Timing Regularity Helps to Better Predict
Customer Activity", Marketing Science 35(5): while a customer is active, the times between orders
are Gamma with a personal rate and a personal regularity k. With a whole k the process is every
k-th tick of a Poisson process, which keeps the truth in closed form (see ``outlook``). Seasons,
paydays, launch and drift stretch and compress the clock (``seasons``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.lifetimes import FADING_RATE
from tessera.simulate.people import HOUR_SPREAD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.lifetimes import Lifetimes
    from tessera.simulate.people import People
    from tessera.simulate.seasons import Seasons


@dataclass(frozen=True)
class Purchases:
    """When orders are placed, sorted by person and time, each of shape (orders,).

    Attributes
    ----------
    person
        Index into the people.
    day
        When, in days.
    """

    person: NDArray[np.int64]
    day: NDArray[np.float64]

    def __len__(self) -> int:
        """Count the orders."""
        return len(self.person)

    def where(self, mask: NDArray[np.bool_]) -> Purchases:
        """Return the orders that a mask, shape (orders,), keeps."""
        return Purchases(self.person[mask], self.day[mask])


@dataclass(frozen=True)
class Stages:
    """The stages of each life, arrays of shape (people, 5); a stage that is not lived is empty.

    Four changes cut it into five: fading, being won back, fading for the last time, moving.

    Attributes
    ----------
    starts, ends
        In days.
    persona
        Whose season applies.
    rate
        Orders per unit of operational time.
    """

    starts: NDArray[np.float64]
    ends: NDArray[np.float64]
    persona: NDArray[np.int8]
    rate: NDArray[np.float64]


def life_stages(people: People, lifetimes: Lifetimes, last_day: float) -> Stages:
    """Cut each life where its buying rate changes."""
    end = np.minimum(lifetimes.churn_day, last_day)
    end = np.where(people.is_prospect, people.joined_day, end)
    changes = [
        lifetimes.warned_day,
        lifetimes.renewed_day,
        lifetimes.decline_day,
        people.moves_day,
    ]
    cuts = np.sort(np.stack(changes, axis=1), axis=1)
    cuts = np.clip(cuts, people.joined_day[:, None], np.maximum(end, people.joined_day)[:, None])
    starts = np.concatenate([people.joined_day[:, None], cuts], axis=1)
    ends = np.concatenate([cuts, np.maximum(end, people.joined_day)[:, None]], axis=1)
    has_moved = starts >= people.moves_day[:, None]
    warned, renewed = lifetimes.warned_day[:, None], lifetimes.renewed_day[:, None]
    is_fading = (starts >= warned) & (starts < renewed) | (starts >= lifetimes.decline_day[:, None])
    fading = np.where(is_fading, FADING_RATE, 1.0)
    return Stages(
        starts,
        ends,
        np.where(has_moved, people.later_persona[:, None], people.persona[:, None]),
        np.where(has_moved, people.later_rate[:, None], people.rate[:, None]) * fading,
    )


def draw_purchases(
    rng: np.random.Generator, people: People, stages: Stages, seasons: Seasons
) -> tuple[Purchases, Purchases]:
    """Draw every order of every life, and the ticks of the clock behind them.

    Returns
    -------
    tuple
        The orders, the first one at ``joined_day``; and the ticks, every k-th of which is an
        order: from them ``outlook`` knows how far the next order has come.
    """
    starts = seasons.operational(stages.persona, stages.starts)
    spans = (seasons.operational(stages.persona, stages.ends) - starts) * stages.rate
    edges = np.cumsum(spans, axis=1)
    ticks = rng.poisson(people.regularity * edges[:, -1])
    person = np.repeat(np.arange(len(people)), ticks)
    place = (np.sort(person + rng.random(len(person))) - person) * edges[person, -1]
    stage = (place[:, None] >= edges[person, :-1]).sum(axis=1)
    before = np.where(stage > 0, edges[person, stage - 1], 0.0)
    clock = starts[person, stage] + (place - before) / stages.rate[person, stage]
    day = seasons.calendar_days(stages.persona[person, stage], clock)
    tick_number = np.arange(len(person)) - np.repeat(np.cumsum(ticks) - ticks, ticks) + 1
    is_order = tick_number % people.regularity[person] == 0
    orders = _with_first_orders(people, person[is_order], day[is_order])
    return orders, Purchases(person, day)


def _with_first_orders(
    people: People, person: NDArray[np.int64], day: NDArray[np.float64]
) -> Purchases:
    buyers = np.flatnonzero(~people.is_prospect)
    return sorted_purchases(
        np.concatenate([buyers, person]), np.concatenate([people.joined_day[buyers], day])
    )


def sorted_purchases(person: NDArray[np.int64], day: NDArray[np.float64]) -> Purchases:
    """Return orders by person and time."""
    order = np.lexsort((day, person))
    return Purchases(person[order], day[order])


def at_habitual_hours(
    rng: np.random.Generator, people: People, lifetimes: Lifetimes, purchases: Purchases
) -> Purchases:
    """Move each order within its day to about the hour at which its person shops.

    The first stays on ``joined_day``, and none leaves the time between joining and churn.
    """
    person, joined = purchases.person, people.joined_day[purchases.person]
    peak = people.of("peak_hour", person, purchases.day)
    hour = peak + rng.normal(0, HOUR_SPREAD, len(purchases))
    day = np.floor(purchases.day) + np.mod(hour, 24) / 24
    last = np.maximum(np.nextafter(lifetimes.churn_day[person], -np.inf), joined)
    day = np.where(purchases.day == joined, joined, np.clip(day, joined, last))
    return sorted_purchases(person, day)
