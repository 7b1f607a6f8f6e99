"""What a perfect observer would expect of each person after as_of: the truth behind scores.

The observer knows a person's own rates, whether their interest is whole, fading or gone, and how
many ticks have passed since their last order; not the future draws. The state moves as a Markov
chain: life (whole, fading, gone) times ticks since the last order. It is carried forward over the
calendar with alternating half-steps of life and whole steps of ticks (Strang splitting), which is
exact but for the season within a step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.calendar import BURN_IN_DAYS
from tessera.simulate.lifetimes import FADING_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tessera.simulate.lifetimes import Lifetimes
    from tessera.simulate.people import People
    from tessera.simulate.purchases import Purchases
    from tessera.simulate.seasons import Seasons

HORIZONS = (30, 60, 90, 365)
LONG_STEPS_FROM = 90
LONG_STEP = 5
MOST_TICKS = 6
"""Ticks in one step beyond which chances are below one in a million."""


@dataclass(frozen=True)
class Outlook:
    """Expectations for one horizon, each of shape (people,).

    Attributes
    ----------
    horizon_days
        Days from as_of.
    order_probability
        Chance of at least one order.
    churn_probability
        Chance that interest is gone by the end of the horizon.
    expected_orders
        Expected number of orders.
    """

    horizon_days: int
    order_probability: NDArray[np.float64]
    churn_probability: NDArray[np.float64]
    expected_orders: NDArray[np.float64]


@dataclass
class _Chain:
    """The state of some people: chances by life (whole, fading), ticks and person.

    A life that has ended holds no chance any more; its share shows in what is missing.
    """

    waiting: NDArray[np.float64]  # not ordered yet since as_of, shape (2, regularity, people)
    active: NDArray[np.float64]  # whatever was ordered, same shape
    ordered: NDArray[np.float64]  # chance to have ordered, shape (people,)
    orders: NDArray[np.float64]  # expected orders so far, shape (people,)


def outlooks(
    people: People, lifetimes: Lifetimes, ticks: Purchases, seasons: Seasons, as_of: int
) -> list[Outlook]:
    """Return what is to be expected of every person, one outlook a horizon."""
    people = people.at(as_of)
    size = (len(HORIZONS), len(people))
    ordered, churned, orders = np.zeros(size), np.ones(size), np.zeros(size)
    phase = _ticks_since_order(people, ticks, as_of)
    for regularity in np.unique(people.regularity):
        mine = np.flatnonzero((people.regularity == regularity) & ~people.is_prospect)
        chain = _start(lifetimes, phase, mine, int(regularity), as_of)
        row = 0
        for day, step in _steps():
            _advance(chain, people, mine, step, seasons.factor[:, _columns(as_of, day, step)])
            if day + step == HORIZONS[row]:
                ordered[row, mine] = chain.ordered
                churned[row, mine] = 1 - chain.active.sum(axis=(0, 1))
                orders[row, mine] = chain.orders
                row += 1
    return [
        Outlook(days, ordered[row], churned[row], orders[row]) for row, days in enumerate(HORIZONS)
    ]


def _steps() -> Iterator[tuple[int, int]]:
    yield from ((day, 1) for day in range(LONG_STEPS_FROM))
    yield from ((day, LONG_STEP) for day in range(LONG_STEPS_FROM, HORIZONS[-1], LONG_STEP))


def _columns(as_of: int, day: int, step: int) -> slice:
    first = as_of + day + BURN_IN_DAYS
    return slice(first, first + step)


def _ticks_since_order(people: People, ticks: Purchases, as_of: int) -> NDArray[np.int64]:
    seen = np.bincount(ticks.person[ticks.day < as_of], minlength=len(people))
    return seen % people.regularity


def _start(
    lifetimes: Lifetimes, phase: NDArray[np.int64], mine: NDArray[np.int64], k: int, as_of: int
) -> _Chain:
    state = np.zeros((2, k, len(mine)))
    is_fading = lifetimes.is_fading(mine, float(as_of))
    is_alive = lifetimes.churn_day[mine] > as_of
    state[is_fading.astype(np.int64), phase[mine], np.arange(len(mine))] = is_alive
    return _Chain(state, state.copy(), np.zeros(len(mine)), np.zeros(len(mine)))


def _advance(
    chain: _Chain, people: People, mine: NDArray[np.int64], days: int, factor: NDArray[np.float64]
) -> None:
    """Carry a chain forward by a step in which the season, shape (personas, days), is averaged."""
    ticks = people.rate[mine] * people.regularity[mine] * factor.sum(axis=1)[people.persona[mine]]
    for state in (chain.waiting, chain.active):
        _live(state, people, mine, days / 2)
    for life, pace in enumerate((1.0, FADING_RATE)):
        chances = _poisson(ticks * pace)
        before = chain.waiting[life].sum(axis=0)
        chain.waiting[life], _ = _tick(chain.waiting[life], chances, wraps=False)
        chain.ordered += before - chain.waiting[life].sum(axis=0)
        chain.active[life], placed = _tick(chain.active[life], chances, wraps=True)
        chain.orders += placed
    for state in (chain.waiting, chain.active):
        _live(state, people, mine, days / 2)


def _live(state: NDArray[np.float64], people: People, mine: NDArray[np.int64], days: float) -> None:
    """Let interest fade and end for some days, in place."""
    fade = days / people.life_days[mine]
    end = days / people.decline_days[mine]
    # whole -> fading -> gone: the exact two-step chances
    stays = np.exp(-fade)
    arrives = fade / (end - fade) * (np.exp(-fade) - np.exp(-end))
    state[1] = state[1] * np.exp(-end) + state[0] * arrives
    state[0] *= stays


def _poisson(mean: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the chances of 0, 1, ... ticks, shape (ticks, people); the last takes the rest."""
    chances = np.empty((MOST_TICKS + 1, len(mean)))
    chances[0] = np.exp(-mean)
    for ticks in range(1, MOST_TICKS + 1):
        chances[ticks] = chances[ticks - 1] * mean / ticks
    chances[-1] = 1 - chances[:-1].sum(axis=0)
    return chances


def _tick(
    state: NDArray[np.float64], chances: NDArray[np.float64], *, wraps: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Let the clock tick: return the new state, shape (k, people), and the orders placed.

    Parameters
    ----------
    state
        Chances by ticks since the last order.
    chances
        Of 0, 1, ... ticks in the step.
    wraps
        Whether a placed order begins the next wait; else its chance leaves the state.
    """
    k = len(state)
    after, placed = np.zeros_like(state), np.zeros(state.shape[1])
    for phase in range(k):
        for ticks, chance in enumerate(chances):
            orders, ends_at = divmod(phase + ticks, k)
            if orders and not wraps:
                continue
            moved = state[phase] * chance
            after[ends_at] += moved
            if orders:
                placed += orders * moved
    return after, placed
