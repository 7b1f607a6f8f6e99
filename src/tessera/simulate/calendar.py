"""The shop's calendar: when history begins, what changes and when, and how demand moves with it.

All times inside the simulator are *days*: float64 days since midnight of the first day shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.settings import Settings

FUTURE_DAYS = 365
"""The simulation runs on for a year after as_of: what then happens is truth, not feed."""

BURN_IN_DAYS = 1_095
"""People may have joined up to three years before the first day shown."""

DRIFT_SHARE = 0.75
"""Place of the drift in the history: 24 months give 18 quiet ones before it."""

LAUNCH_SHARE = 0.875
"""Place of the product launch."""


@dataclass(frozen=True)
class Calendar:
    """The days of a simulated shop.

    Attributes
    ----------
    starts_on
        First day that the feeds show.
    as_of
        First day that they do not show any more.
    """

    starts_on: date
    as_of: date

    @classmethod
    def of(cls, settings: Settings) -> Calendar:
        """Return the calendar of a shop's settings."""
        month = settings.as_of.year * 12 + settings.as_of.month - 1 - settings.months
        first = date(month // 12, month % 12 + 1, 1)
        last_day = (date((month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
        return cls(first.replace(day=min(settings.as_of.day, last_day)), settings.as_of)

    @property
    def observed_days(self) -> int:
        """Days that the feeds show: as_of, in days."""
        return (self.as_of - self.starts_on).days

    @property
    def last_day(self) -> int:
        """End of the simulation, in days."""
        return self.observed_days + FUTURE_DAYS

    @property
    def drift_day(self) -> int:
        """When behaviour and the mix of newcomers shift, in days."""
        return round(self.observed_days * DRIFT_SHARE)

    @property
    def launch_day(self) -> int:
        """When the new product line goes on sale, in days."""
        return round(self.observed_days * LAUNCH_SHARE)

    @cached_property
    def dates(self) -> NDArray[np.datetime64]:
        """Every simulated date, burn-in first, shape (days,)."""
        first = np.datetime64(self.starts_on, "D")
        return np.arange(first - BURN_IN_DAYS, first + self.last_day)

    @cached_property
    def months(self) -> NDArray[np.int64]:
        """Month of year of every simulated date, 1 to 12, shape (days,)."""
        return self.dates.astype("datetime64[M]").astype(np.int64) % 12 + 1

    @cached_property
    def weekdays(self) -> NDArray[np.int64]:
        """Weekday of every simulated date, Monday is 0, shape (days,)."""
        return (self.dates.astype("datetime64[D]").astype(np.int64) + 3) % 7

    @cached_property
    def is_after_payday(self) -> NDArray[np.bool_]:
        """Whether the date lies in the week after wages are paid (28th to 3rd), shape (days,)."""
        day = (self.dates - self.dates.astype("datetime64[M]")).astype(np.int64) + 1
        return np.asarray((day >= 28) | (day <= 3))  # noqa: PLR2004 - days of the month

    def at(self, days: NDArray[np.float64]) -> NDArray[np.datetime64]:
        """Return times as timestamps, UTC, to the second.

        Examples
        --------
        >>> calendar = Calendar(date(2024, 1, 1), date(2025, 1, 1))
        >>> str(calendar.at(np.array([1.5]))[0])
        '2024-01-02T12:00:00.000000'
        """
        seconds = np.floor(days * 86_400).astype(np.int64)
        return np.datetime64(self.starts_on, "us") + (seconds * 1_000_000).astype("timedelta64[us]")

    def month_of(self, days: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the month of year, 1 to 12, of times in days."""
        return self.months[np.floor(days).astype(np.int64) + BURN_IN_DAYS]
