"""What was paid for each order, in the money of the customer's country."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.people import PER_EURO

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.world import Block


def paid_amounts(block: Block) -> NDArray[np.float64]:
    """Return what was paid for the goods of each order, rounded line by line, shape (orders,)."""
    baskets = block.baskets
    rate = np.array(PER_EURO)[block.people.country[baskets.person]][baskets.line_order]
    gross = _cents(
        _cents(block.world.catalogue.list_price[baskets.product] * rate) * baskets.quantity
    )
    discount = _cents(gross * baskets.discount[baskets.line_order])
    return _cents(baskets.summed(_cents(gross - discount)))


def _cents(amounts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round to cents, half up, away from the noise of binary fractions."""
    return np.asarray(np.floor(amounts * 100 + 0.5 + 1e-7) / 100)
