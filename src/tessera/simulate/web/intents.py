"""How far each visit goes: to the cart, to the checkout, to the order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.web.visits import ORDER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.web.visits import Visits

CART_SHARES = np.array([1.0, 0.72, 0.4, 0.0])
"""Share of visits with something in the cart, by purpose: order, research, browse, kiosk."""

CHECKOUT_SHARE = 0.6
"""Share of the carts left behind that had come to the checkout."""

SEARCH_SHARES = np.array([0.18, 0.15, 0.15, 0.3])
"""Share of visits that search, by purpose, among those who look at products."""


@dataclass(frozen=True)
class Intents:
    """How far visits go, arrays of shape (visits,).

    Attributes
    ----------
    has_cart, has_checkout, has_order
        Whether something is put into the cart, the checkout begun, the order placed.
    """

    has_cart: NDArray[np.bool_]
    has_checkout: NDArray[np.bool_]
    has_order: NDArray[np.bool_]


def draw_intents(rng: np.random.Generator, visits: Visits) -> Intents:
    """Draw how far each visit goes."""
    has_order = visits.purpose == ORDER
    has_cart = rng.random(len(visits)) < CART_SHARES[visits.purpose]
    goes_on = rng.random(len(visits)) < CHECKOUT_SHARE
    return Intents(has_cart, has_order | (has_cart & goes_on), has_order)
