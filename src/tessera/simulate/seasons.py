"""How demand moves over the calendar: one factor per persona and day, and its running sum.

The running sum is operational time: a person's buying process ticks evenly in it, and the season
comes in when its ticks are placed on the calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.calendar import BURN_IN_DAYS
from tessera.simulate.personas import PERSONAS, Persona

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.calendar import Calendar

WEEKDAYS = np.array([1.0, 0.93, 0.92, 0.96, 1.04, 1.15, 1.0])
"""Demand from Monday to Sunday."""

QUIET_MONTHS = (1, 2, 7, 8)
QUIET = 0.9
LAUNCH_DAYS = 60
NEW_DEMAND = 0.25
"""How much of the pull of a launch is demand that was not there before."""


@dataclass(frozen=True)
class Seasons:
    """Demand per persona.

    Attributes
    ----------
    factor
        Factor of the buying rate, shape (personas, days), burn-in first.
    total
        Its running sum at day edges, shape (personas, days + 1).
    """

    factor: NDArray[np.float64]
    total: NDArray[np.float64]

    @classmethod
    def of(cls, calendar: Calendar) -> Seasons:
        """Return the seasons of a calendar."""
        factor = np.stack([_factor(persona, calendar) for persona in PERSONAS])
        total = np.concatenate([np.zeros((len(PERSONAS), 1)), np.cumsum(factor, axis=1)], axis=1)
        return cls(factor, total)

    def operational(
        self, persona: NDArray[np.int8], days: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return operational time at calendar times, element by element."""
        place = days + BURN_IN_DAYS
        edge = np.minimum(np.floor(place).astype(np.int64), self.factor.shape[1] - 1)
        within = (place - edge) * self.factor[persona, edge]
        return np.asarray(self.total[persona, edge] + within)

    def calendar_days(
        self, persona: NDArray[np.int8], operational: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return calendar times of operational times: the inverse of :meth:`operational`."""
        days = np.empty_like(operational)
        edges = np.arange(self.total.shape[1], dtype=np.float64) - BURN_IN_DAYS
        for each in range(len(PERSONAS)):
            mine = persona == each
            days[mine] = np.interp(operational[mine], self.total[each], edges)
        return days


def _factor(persona: Persona, calendar: Calendar) -> NDArray[np.float64]:
    month = calendar.months
    factor = WEEKDAYS[calendar.weekdays]
    factor = factor * np.where(np.isin(month, QUIET_MONTHS), QUIET, 1.0)
    factor *= np.where(month == 12, persona.december, 1.0)  # noqa: PLR2004 - December
    factor *= np.where(month == 11, 1 + (persona.december - 1) / 2, 1.0)  # noqa: PLR2004
    factor *= np.where((month >= 4) & (month <= 6), persona.spring, 1.0)  # noqa: PLR2004
    factor *= np.where(calendar.is_after_payday, persona.payday, 1.0)
    day = np.arange(len(month)) - BURN_IN_DAYS
    is_launch = (day >= calendar.launch_day) & (day < calendar.launch_day + LAUNCH_DAYS)
    factor *= np.where(is_launch, 1 + (persona.launch - 1) * NEW_DEMAND, 1.0)
    return factor * np.where(day >= calendar.drift_day, persona.drift_factor, 1.0)
