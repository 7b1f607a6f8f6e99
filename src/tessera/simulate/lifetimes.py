"""When interest fades and ends: the drop-out half of a Pareto/NBD process, with a warning phase.

Schmittlein, Morrison and Colombo (1987), "Counting Your Customers": a customer is active for an
exponential time whose rate differs between customers by a Gamma distribution. Here the end has two
steps. Interest is whole for an exponential time, then fades for another one, and then is gone.
While it fades, people buy more rarely and hardly read messages: that is the lead time that a
warning can have.
"""

from __future__ import annotations

from dataclasses import dataclass
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

    Attributes
    ----------
    decline_day
        When interest begins to fade.
    churn_day
        When it is gone: no order after it. May lie far beyond the simulation.
    """

    decline_day: NDArray[np.float64]
    churn_day: NDArray[np.float64]

    def engagement(
        self, person: NDArray[np.int64], days: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return how engaged persons are at times: 1, falling to 0.1 while fading, then 0.03."""
        start, end = self.decline_day[person], self.churn_day[person]
        faded = np.clip((days - start) / np.maximum(end - start, 1e-9), 0, 1)
        return np.where(days >= end, 0.03, 1 - 0.9 * faded)


def draw_lifetimes(rng: np.random.Generator, people: People) -> Lifetimes:
    """Draw when each person's interest fades and ends."""
    decline = people.joined_day + rng.exponential(people.life_days)
    return Lifetimes(decline, decline + rng.exponential(people.decline_days))
