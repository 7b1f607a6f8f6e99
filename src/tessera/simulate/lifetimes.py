"""When interest fades and ends: the drop-out half of a Pareto/NBD process, with a warning phase.

Schmittlein, Morrison and Colombo (1987), "Counting Your Customers": a customer is active for an
exponential time whose rate differs between customers by a Gamma distribution. Here the end has two
steps. Interest is whole for an exponential time, then fades for another one, and then is gone.
While it fades, people buy more rarely and hardly read messages: that is the lead time that a
warning can have.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.people import People

FADING_RATE = 0.55
"""Factor of the buying rate while interest fades."""


@dataclass(frozen=True)
class Lifetimes:
    """When each person's interest fades and ends, in days, each of shape (people,).

    Somebody whose interest had begun to fade may be won back: then a first fading, from
    ``warned_day``, is broken off on ``renewed_day``. For everybody else these three are inf.

    Attributes
    ----------
    decline_day
        When interest begins to fade for the last time.
    churn_day
        When it is gone: no order after it. May lie far beyond the simulation.
    warned_day
        When it faded for the first time.
    averted_day
        When it would have been gone.
    renewed_day
        When it was won back.
    """

    decline_day: NDArray[np.float64]
    churn_day: NDArray[np.float64]
    warned_day: NDArray[np.float64]
    averted_day: NDArray[np.float64]
    renewed_day: NDArray[np.float64]

    def is_fading(
        self, person: NDArray[np.int64], days: NDArray[np.float64] | float
    ) -> NDArray[np.bool_]:
        """Return whose interest is fading, or gone, at times; not yet renewed at ``renewed_day``.

        So it tells the state in which a campaign of that day found them.
        """
        first = (days >= self.warned_day[person]) & (days <= self.renewed_day[person])
        return np.asarray(first | (days >= self.decline_day[person]))

    def engagement(
        self, person: NDArray[np.int64], days: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return how engaged persons are at times: 1, falling to 0.1 while fading, then 0.03."""
        is_first = days <= self.renewed_day[person]
        is_first &= np.isfinite(self.renewed_day[person])
        start = np.where(is_first, self.warned_day[person], self.decline_day[person])
        end = np.where(is_first, self.averted_day[person], self.churn_day[person])
        faded = np.clip((days - start) / np.maximum(end - start, 1e-9), 0, 1)
        return np.where(days >= self.churn_day[person], 0.03, 1 - 0.9 * faded)


def draw_lifetimes(rng: np.random.Generator, people: People) -> Lifetimes:
    """Draw when each person's interest fades and ends."""
    decline = people.joined_day + rng.exponential(people.life_days)
    never = np.full(len(people), np.inf)
    churn = decline + rng.exponential(people.decline_days)
    return Lifetimes(decline, churn, never, never, never)


def renewed(
    rng: np.random.Generator,
    people: People,
    lifetimes: Lifetimes,
    person: NDArray[np.int64],
    day: float,
) -> Lifetimes:
    """Return lifetimes in which some whose interest is fading are won back on a day.

    What was before that day stays as it was.
    """
    lives = {field.name: getattr(lifetimes, field.name).copy() for field in fields(lifetimes)}
    lives["warned_day"][person] = lifetimes.decline_day[person]
    lives["averted_day"][person] = lifetimes.churn_day[person]
    lives["renewed_day"][person] = day
    decline = day + rng.exponential(people.life_days[person])
    lives["decline_day"][person] = decline
    lives["churn_day"][person] = decline + rng.exponential(people.decline_days[person])
    return Lifetimes(**lives)
