"""How far along the CRM believes people to be. It looks once a month, and only at their orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.calendar import BURN_IN_DAYS
from tessera.simulate.fulfilment import CANCELLED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.calendar import Calendar
    from tessera.simulate.world import Block

STAGES = ("subscriber", "lead", "customer", "loyal", "lapsed", "merged")
SUBSCRIBER, LEAD, CUSTOMER, LOYAL, LAPSED, MERGED = range(6)

LOYAL_ORDERS = 4
"""So many orders within a year make a customer loyal."""

YEAR = 365
LAPSED_DAYS = 180
"""So long without an order makes a customer lapsed, whatever their rhythm."""

REVIEW_HOUR = 3 / 24
PERSON_SPAN = 16_384.0
"""Days set aside for each person when persons and times are sorted as one number."""


@dataclass(frozen=True)
class Lifecycle:
    """The orders of a block, so that stages can be looked up. Arrays of shape (orders,).

    Attributes
    ----------
    block
        The people.
    moment
        Person and time as one number, ascending.
    """

    block: Block
    moment: NDArray[np.float64]

    @classmethod
    def of(cls, block: Block) -> Lifecycle:
        """Return the lifecycle of a block: cancelled orders do not count."""
        counts = block.fulfilment.fate != CANCELLED
        return cls(block, _moment(block.baskets.person[counts], block.baskets.day[counts]))

    def stages(self, person: NDArray[np.int64], day: NDArray[np.float64]) -> NDArray[np.int8]:
        """Return the stage of persons as their orders before a time show it, shape (rows,)."""
        before = np.searchsorted(self.moment, _moment(person, day))
        orders = before - np.searchsorted(self.moment, _moment(person, np.full(len(day), -np.inf)))
        in_year = before - np.searchsorted(self.moment, _moment(person, day - YEAR))
        newest = np.concatenate([[-np.inf], self.moment])[before]
        is_silent = newest < _moment(person, day - LAPSED_DAYS)
        is_subscriber = day < self.block.identities.account_day[person]
        stage = np.select(
            [(orders == 0) & is_subscriber, orders == 0, is_silent, in_year >= LOYAL_ORDERS],
            [SUBSCRIBER, LEAD, LAPSED, LOYAL],
            CUSTOMER,
        )
        return stage.astype(np.int8)

    def changes(
        self, person: NDArray[np.int64], created_day: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return at which reviews the stage of contacts changes: their indices and the times."""
        stage = self.stages(person, created_day)
        rows, days = [], []
        for review in reviews(self.block.world.calendar):
            known = np.flatnonzero(created_day < review)
            now = self.stages(person[known], np.full(len(known), review))
            changed = known[now != stage[known]]
            stage[known] = now
            rows.append(changed)
            days.append(np.full(len(changed), review))
        return np.concatenate(rows), np.concatenate(days)


def reviews(calendar: Calendar) -> NDArray[np.float64]:
    """Return the times at which the CRM looks: the first night of each month until as_of."""
    days = calendar.dates[: BURN_IN_DAYS + calendar.observed_days]
    firsts = np.flatnonzero(days == days.astype("datetime64[M]").astype("datetime64[D]"))
    return np.asarray(firsts - BURN_IN_DAYS + REVIEW_HOUR)


def last_reviews(calendar: Calendar, day: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the newest review at or before each time, -inf for none."""
    times = np.concatenate([[-np.inf], reviews(calendar)])
    return np.asarray(times[np.searchsorted(times, day, side="right") - 1])


def _moment(person: NDArray[np.int64], day: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(person * PERSON_SPAN + np.maximum(day + 2 * BURN_IN_DAYS, 0))
