"""The feed costs: what it costs to serve each customer, in euro."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tessera.simulate import references
from tessera.simulate.fulfilment import CANCELLED, PARTLY_RETURNED, PLACES, RETURNED
from tessera.simulate.rows import money, times, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.world import Block

KINDS = ("delivery", "return_handling", "support")
DELIVERY = 3.4
RETURN_HANDLING = 4.6
MINUTE_OF_SUPPORT = 0.65


@dataclass(frozen=True)
class Support:
    """Work on resolved tickets: person, day of the answer and minutes, each of shape (tickets,)."""

    person: NDArray[np.int64]
    day: NDArray[np.float64]
    minutes: NDArray[np.float64]


def costs(block: Block, support: Support) -> pa.Table:
    """Return the costs feed: one row per delivery, return and resolved ticket."""
    baskets, fulfilment = block.baskets, block.fulfilment
    as_of = block.world.calendar.observed_days
    is_sent = (fulfilment.place != PLACES.index("store")) & (fulfilment.fate != CANCELLED)
    sent = np.flatnonzero(is_sent & (baskets.day >= 0) & (baskets.day + 1 < as_of))
    comes_back = np.isin(fulfilment.fate, (RETURNED, PARTLY_RETURNED)) & (baskets.day >= 0)
    back = np.flatnonzero(comes_back & (fulfilment.settled_day < as_of))
    kinds = np.repeat([0, 1, 2], [len(sent), len(back), len(support.person)])
    person = np.concatenate([baskets.person[sent], baskets.person[back], support.person])
    day = np.concatenate([baskets.day[sent] + 1, fulfilment.settled_day[back], support.day])
    by_kind = np.repeat([DELIVERY, RETURN_HANDLING], [len(sent), len(back)])
    amount = np.concatenate([by_kind, money(support.minutes * MINUTE_OF_SUPPORT)])
    return pa.table(
        {
            "customer_ref": references.accounts(block, person, day),
            "email": references.emails(block, person, day),
            "incurred_at": times(block.world.calendar, day),
            "kind": words(KINDS, kinds).cast(pa.string()),
            "amount": amount,
            "recorded_at": times(block.world.calendar, day),
        }
    )
