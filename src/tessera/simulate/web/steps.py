"""The steps of each visit, in their order and with their times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

EVENT_NAMES = (
    "page_view",
    "login",
    "search",
    "view_item",
    "price_comparison",
    "add_to_cart",
    "remove_from_cart",
    "begin_checkout",
    "purchase",
    "view_order",
    "newsletter_signup",
)
(
    PAGE_VIEW,
    LOGIN,
    SEARCH,
    VIEW_ITEM,
    PRICE_COMPARISON,
    ADD_TO_CART,
    REMOVE_FROM_CART,
    BEGIN_CHECKOUT,
    PURCHASE,
    VIEW_ORDER,
    NEWSLETTER_SIGNUP,
) = range(len(EVENT_NAMES))

MILLISECONDS = 86_400_000
"""Of a day."""

GAP_LOG_MEAN, GAP_LOG_SPREAD = 3.3, 0.9
"""Of the seconds between two steps: half of them are below 27 s."""

SHORTEST_GAP, LONGEST_GAP = 1.0, 1_500.0


@dataclass(frozen=True)
class Steps:
    """Steps as a struct of arrays, sorted by visit and then in their order, shape (steps,) each.

    Attributes
    ----------
    visit
        Index of the visit.
    kind
        Index of ``EVENT_NAMES``.
    product
        What it is about, -1 for nothing. Of a page view or a search its category counts.
    time
        Milliseconds since midnight of the first day shown.
    """

    visit: NDArray[np.int32]
    kind: NDArray[np.int8]
    product: NDArray[np.int32]
    time: NDArray[np.int64]

    def __len__(self) -> int:
        """Count the steps."""
        return len(self.visit)

    def followed_by(self, others: Steps, visits: int) -> Steps:
        """Return these steps of so many visits and those of others, whose visits come after."""
        return Steps(
            np.concatenate([self.visit, others.visit + np.int32(visits)]),
            np.concatenate([self.kind, others.kind]),
            np.concatenate([self.product, others.product]),
            np.concatenate([self.time, others.time]),
        )

    def until(self, end: int) -> Steps:
        """Return the steps from midnight of the first day until ``end``, exclusive."""
        return self.take(np.flatnonzero((self.time >= 0) & (self.time < end)))

    def take(self, step: NDArray[np.int64]) -> Steps:
        """Return the steps of some indices, in their order."""
        return Steps(self.visit[step], self.kind[step], self.product[step], self.time[step])


def draw_gaps(rng: np.random.Generator, count: int) -> NDArray[np.int64]:
    """Draw the milliseconds between steps: log-normal."""
    logs = rng.standard_normal(count, dtype=np.float32) * GAP_LOG_SPREAD + GAP_LOG_MEAN
    return np.asarray(np.clip(np.exp(logs), SHORTEST_GAP, LONGEST_GAP) * 1_000, np.int64)


def since_first(first: NDArray[np.int64], gaps: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the time from the first step of a visit to each of its steps.

    Parameters
    ----------
    first
        Where the steps of each visit begin, shape (visits + 1,). No visit is empty.
    gaps
        Time before each step, shape (steps,); that before a first step does not count.

    Examples
    --------
    >>> since_first(np.array([0, 2, 3]), np.array([9, 1, 9])).tolist()
    [0, 1, 0]
    """
    clock = np.cumsum(gaps)
    return clock - np.repeat(clock[first[:-1]], np.diff(first))
