"""The same persons drawn again and again, for every variant alike: intervals in pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.metrics import ratio
from tessera.segmentation.measures import interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

DRAWS = 200


@dataclass(frozen=True)
class Estimate:
    """A figure and its 95 % interval; all NaN where it is not known."""

    value: float
    low: float
    high: float

    @property
    def is_told_from_nothing(self) -> bool:
        """Tell whether the interval lies on one side of 0."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Draws:
    """How often each person is drawn: once in the first draw, Poisson(1) in the others.

    Attributes
    ----------
    persons
        Everybody who can be drawn, ascending.
    weights
        Whole numbers, shape (1 + draws, persons).
    """

    persons: Places
    weights: Floats

    @classmethod
    def of(cls, persons: Places, seed: int, draws: int = DRAWS) -> Draws:
        """Draw; equal persons and an equal seed give equal draws."""
        drawn = np.random.default_rng(seed).poisson(1.0, (draws, len(persons)))
        weights = np.vstack([np.ones(len(persons)), drawn]).astype(np.float64)
        return cls(persons, weights)

    def weights_of(self, persons: Places) -> Floats:
        """Return the weights of some persons, shape (1 + draws, persons)."""
        weights: Floats = self.weights[:, np.searchsorted(self.persons, persons)]
        return weights

    def rows_of(self, persons: Places) -> list[Places]:
        """Return per draw the places in ``persons`` of who was drawn, as often as they were."""
        places = np.arange(len(persons))
        return [np.repeat(places, each.astype(np.int64)) for each in self.weights_of(persons)]


def estimate(drawn: Floats) -> Estimate:
    """Return a figure of which the first draw is the value, and the others are its interval.

    >>> estimate(np.array([0.5, 0.4, 0.6]))
    Estimate(value=0.5, low=0.405, high=0.595)
    """
    low, high = interval(drawn[1:])
    return Estimate(float(drawn[0]), low, high)


def compare(drawn: Floats, others: Floats) -> Estimate:
    """Return by how much a figure is above another one, in pairs: draw by draw.

    >>> round(compare(np.array([0.5, 0.4, 0.6]), np.array([0.3, 0.2, 0.4])).low, 2)
    0.2
    """
    return estimate(drawn - others)


def mean_drawn(values: Floats, weights: Floats) -> Floats:
    """Return the mean of a value per person in each draw, shape (1 + draws,)."""
    return ratio(weights @ values, weights.sum(axis=1))
