"""What is to be believed of people by who sees their orders alone, and knows their own rates.

A forward filter (Rabiner 1989, "A Tutorial on Hidden Markov Models") over the chain that the
simulator draws from: life (whole, fading, gone) times the ticks since the last order. It moves by
whole days between two half-days of life, as :mod:`tessera.simulate.outlook` does, and after each
day keeps what agrees with the orders that were seen on it. It knows each person's rate, rhythm and
mean times of staying, the season, and every order; not the life, not the ticks. Campaigns it does
not know: it takes an order that one brought for one of the person's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import gammaln

from tessera.simulate.calendar import BURN_IN_DAYS
from tessera.simulate.lifetimes import FADING_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tessera.simulate.people import People
    from tessera.simulate.purchases import Purchases
    from tessera.simulate.seasons import Seasons

    Floats = NDArray[np.float64]

PACES = (1.0, FADING_RATE)
"""Factors of the buying rate: interest is whole, or fades."""


@dataclass
class Belief:
    """Chances of the states of some people who share a regularity k.

    Attributes
    ----------
    alive
        By life (whole, fading), ticks since the last order and person, shape (2, k, people).
    gone
        That interest is gone, shape (people,).
    """

    alive: Floats
    gone: Floats

    def copy(self) -> Belief:
        """Return a belief that can be carried on without changing this one."""
        return Belief(self.alive.copy(), self.gone.copy())


@dataclass(frozen=True)
class Group:
    """People who share a regularity: their places among all, and what drives their orders."""

    people: People
    place: NDArray[np.int64]
    regularity: int
    seasons: Seasons

    def advance(self, belief: Belief, day: int, seen: NDArray[np.int64], known_at: int) -> None:
        """Carry a belief over a day, keeping what agrees with the orders seen on it, in place.

        Parameters
        ----------
        belief
            Not normalised afterwards: what is missing from 1 did not agree.
        day
            The day; before they joined, and for the part of its first day, nothing happens.
        seen
            Orders on the day, shape (people,); the first of all is not among them.
        known_at
            Day whose rates are used: ``day`` itself, or the last one known when looking ahead.
        """
        share = np.clip(day + 1 - self.people.joined_day[self.place], 0.0, 1.0)
        persona = self.people.of("persona", self.place, known_at)
        season = self.seasons.factor[persona, day + BURN_IN_DAYS] * share
        ticks = self.people.of("rate", self.place, known_at) * self.regularity * season
        self._live(belief, share / 2)
        belief.gone[seen > 0] = 0.0
        for life, pace in enumerate(PACES):
            belief.alive[life] = _ticked(belief.alive[life], ticks * pace, seen)
        self._live(belief, share / 2)

    def _live(self, belief: Belief, days: Floats) -> None:
        """Let interest fade and end: the exact chances of both steps, in place."""
        fade = days / self.people.life_days[self.place]
        end = days / self.people.decline_days[self.place]
        apart = np.where(end == fade, 1.0, end - fade)
        arrives = fade / apart * (np.exp(-fade) - np.exp(-end))
        whole, fading = belief.alive
        faded = fading * np.exp(-end) + whole * arrives
        stayed = whole * np.exp(-fade)
        belief.gone += (whole + fading - faded - stayed).sum(axis=0)
        belief.alive[:] = stayed, faded


def believed_order_chances(
    people: People,
    orders: Purchases,
    seasons: Seasons,
    days: Sequence[int],
    horizon_days: int,
) -> Floats:
    """Return the chance of an order within a horizon of each day, shape (days, people).

    Parameters
    ----------
    people
        With their own rates; prospects get 0.
    orders
        All orders; of those of a day or later the belief at that day knows nothing.
    seasons
        How demand moves over the calendar.
    days
        Ascending.
    horizon_days
        How far to look ahead.
    """
    chances = np.zeros((len(days), len(people)))
    for regularity in np.unique(people.regularity):
        place = np.flatnonzero((people.regularity == regularity) & ~people.is_prospect)
        group = Group(people, place, int(regularity), seasons)
        for row, belief in enumerate(_beliefs(group, orders, days)):
            chances[row, place] = order_chance(group, belief, days[row], horizon_days)
    return chances


def order_chance(group: Group, belief: Belief, day: int, horizon_days: int) -> Floats:
    """Return the chance of an order in ``[day, day + horizon_days)``, shape (people,)."""
    quiet, none = belief.copy(), np.zeros(len(group.place), np.int64)
    for ahead in range(day, day + horizon_days):
        group.advance(quiet, ahead, none, known_at=day)
    return np.asarray(1.0 - quiet.alive.sum(axis=(0, 1)) - quiet.gone)


def _beliefs(group: Group, orders: Purchases, days: Sequence[int]) -> Iterator[Belief]:
    """Yield the belief at the begin of each of the days, before its orders are seen."""
    size = (2, group.regularity, len(group.place))
    belief = Belief(np.zeros(size), np.zeros(len(group.place)))
    belief.alive[0, 0] = 1.0
    counted = _orders_by_day(group, orders)
    for day in range(-BURN_IN_DAYS, days[-1] + 1):
        if day in days:
            yield belief.copy()
        group.advance(belief, day, counted[:, day + BURN_IN_DAYS], known_at=day)
        total = belief.alive.sum(axis=(0, 1)) + belief.gone
        belief.alive /= total
        belief.gone /= total


def _orders_by_day(group: Group, orders: Purchases) -> NDArray[np.int64]:
    """Count orders by person and day, burn-in first, without each person's first one."""
    row_of = np.full(len(group.people), -1)
    row_of[group.place] = np.arange(len(group.place))
    is_first = np.append(True, orders.person[1:] != orders.person[:-1])
    mine = (row_of[orders.person] >= 0) & ~is_first
    days = group.seasons.factor.shape[1]
    cell = row_of[orders.person[mine]] * days
    cell += np.floor(orders.day[mine]).astype(np.int64) + BURN_IN_DAYS
    counted = np.bincount(cell, minlength=len(group.place) * days)
    return counted.reshape(len(group.place), days)


def _ticked(state: Floats, mean: Floats, seen: NDArray[np.int64]) -> Floats:
    """Let the clock tick so that exactly the orders seen are placed; shape (k, people)."""
    k = len(state)
    after = np.zeros_like(state)
    with np.errstate(divide="ignore"):
        log_mean = np.log(mean)
    for before in range(k):
        for now in range(k):
            ticks = seen * k + now - before
            after[now] += state[before] * _poisson(mean, log_mean, ticks)
    return after


def _poisson(mean: Floats, log_mean: Floats, ticks: NDArray[np.int64]) -> Floats:
    """Return the chance of so many ticks; none where fewer than none are asked for."""
    asked = np.maximum(ticks, 0)
    logs = np.where(asked > 0, asked * np.where(mean > 0, log_mean, -1e3), 0.0)
    return np.where(ticks < 0, 0.0, np.exp(logs - mean - gammaln(asked + 1.0)))
