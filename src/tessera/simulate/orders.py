"""The feeds orders and order_lines, in the money of each customer's country.

An order that is cancelled or sent back is delivered twice: as it was placed, and again, with a
later ``recorded_at``, as it ended. A part that comes back is a line of its own with a negative
quantity, and the amount of the order falls by what was paid for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate import references
from tessera.simulate.fulfilment import CANCELLED, PARTLY_RETURNED, PLACES, RETURNED
from tessera.simulate.people import CURRENCIES, PER_EURO
from tessera.simulate.rows import money, times, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.world import Block

FREE_SHIPPING_FROM = 50.0
SHIPPING = 4.95
STORES = (6, 1, 1, 2, 2)
"""Shops in each country."""

ELSEWHERE = 7
"""Every seventh visit is to another shop of the country."""
STATUSES = ("completed", "cancelled", "returned")
NIGHTLY_HOUR = 3 / 24
"""Shops send their receipts at three o'clock in the night."""

PHONE_SHARE = 0.25


@dataclass(frozen=True)
class Receipts:
    """The money of a block's orders, in the currency of each."""

    block: Block

    @cached_property
    def unit_price(self) -> NDArray[np.float64]:
        """List price of a unit, shape (lines,)."""
        baskets = self.block.baskets
        list_price = self.block.world.catalogue.list_price[baskets.product]
        return money(list_price * self._per_euro[baskets.line_order])

    @cached_property
    def line_discount(self) -> NDArray[np.float64]:
        """What was taken off each line, shape (lines,)."""
        baskets = self.block.baskets
        gross = money(self.unit_price * baskets.quantity)
        return money(gross * baskets.discount[baskets.line_order])

    @cached_property
    def line_amount(self) -> NDArray[np.float64]:
        """What was paid for each line, shape (lines,)."""
        return money(self.unit_price * self.block.baskets.quantity - self.line_discount)

    @cached_property
    def amount(self) -> NDArray[np.float64]:
        """What was paid for the goods of each order, shape (orders,)."""
        return money(self.block.baskets.summed(self.line_amount))

    @cached_property
    def discount(self) -> NDArray[np.float64]:
        """What was taken off each order, shape (orders,)."""
        return money(self.block.baskets.summed(self.line_discount))

    @cached_property
    def cost(self) -> NDArray[np.float64]:
        """Cost of the goods of each order, shape (orders,)."""
        baskets = self.block.baskets
        each = self.block.world.catalogue.cost[baskets.product] * baskets.quantity
        return money(baskets.summed(each) * self._per_euro)

    @cached_property
    def refund(self) -> NDArray[np.float64]:
        """What was paid back for the first line of orders that came back in part."""
        is_part = self.block.fulfilment.fate == PARTLY_RETURNED
        return np.where(is_part, self.line_amount[self.block.baskets.first_line[:-1]], 0.0)

    @cached_property
    def euros(self) -> NDArray[np.float64]:
        """What each order was worth in euro at the price list's rate, before returns."""
        return self.amount / self._per_euro

    @cached_property
    def _per_euro(self) -> NDArray[np.float64]:
        return np.array(PER_EURO)[self.block.people.country[self.block.baskets.person]]


def orders(block: Block, receipts: Receipts) -> pa.Table:
    """Return the orders feed: one row per delivery of an order."""
    baskets, fulfilment = block.baskets, block.fulfilment
    as_of = block.world.calendar.observed_days
    recorded = recorded_days(block)
    placed = np.flatnonzero((baskets.day >= 0) & (recorded < as_of))
    settled = placed[fulfilment.settled_day[placed] < as_of]
    first = _deliveries(block, receipts, placed, recorded[placed], np.zeros(len(placed), int))
    restated = _deliveries(
        block, receipts, settled, fulfilment.settled_day[settled], fulfilment.fate[settled]
    )
    return pa.concat_tables([first, restated])


def recorded_days(block: Block) -> NDArray[np.float64]:
    """Return when the shop wrote each order down: at once, or in the night after for its shops."""
    day = block.baskets.day
    at_night = np.floor(day) + 1 + NIGHTLY_HOUR
    return np.where(block.fulfilment.place == PLACES.index("store"), at_night, day + 1 / 1440)


def _deliveries(
    block: Block,
    receipts: Receipts,
    order: NDArray[np.int64],
    recorded: NDArray[np.float64],
    fate: NDArray[np.integer],
) -> pa.Table:
    baskets, calendar = block.baskets, block.world.calendar
    person, day = baskets.person[order], baskets.day[order]
    place = block.fulfilment.place[order]
    has_returned = fate == PARTLY_RETURNED
    amount = money(receipts.amount[order] - np.where(has_returned, receipts.refund[order], 0))
    status = np.select([fate == CANCELLED, fate == RETURNED], [1, 2], 0)
    return pa.table(
        {
            "order_id": block.fulfilment.order_id.take(pa.array(order)),
            "ordered_at": times(calendar, day),
            "amount": amount,
            "currency": words(CURRENCIES, block.people.country[person]),
            "discount_amount": receipts.discount[order],
            "shipping_amount": _shipping(receipts.amount[order], place),
            "cost_amount": receipts.cost[order],
            "status": words(STATUSES, status),
            "channel": words(PLACES, place),
            "store_id": _stores(block, person, place),
            "customer_ref": references.accounts(block, person, day),
            "email": _unless_in_store(references.emails(block, person, day), place),
            "phone": _now_and_then(references.phones(block, person), order),
            "recorded_at": times(calendar, recorded),
        }
    )


def order_lines(block: Block, receipts: Receipts) -> pa.Table:
    """Return the order_lines feed: the lines as bought, and one for each part that came back."""
    baskets, fulfilment, calendar = block.baskets, block.fulfilment, block.world.calendar
    recorded = recorded_days(block)
    is_shown = (baskets.day >= 0) & (recorded < calendar.observed_days)
    line = np.flatnonzero(is_shown[baskets.line_order])
    is_part = is_shown & (receipts.refund > 0) & (fulfilment.settled_day < calendar.observed_days)
    back = np.flatnonzero(is_part)
    bought = _lines(block, line, recorded[baskets.line_order[line]])
    bought |= {
        "line_number": baskets.line_number[line],
        "quantity": baskets.quantity[line].astype(np.float64),
        "unit_price": receipts.unit_price[line],
        "discount_amount": receipts.line_discount[line],
        "is_return": np.zeros(len(line), bool),
    }
    first = baskets.first_line[:-1][back]
    returned = _lines(block, first, fulfilment.settled_day[back])
    returned |= {
        "line_number": np.diff(baskets.first_line)[back] + 1,
        "quantity": -baskets.quantity[first].astype(np.float64),
        "unit_price": np.round(receipts.refund[back] / baskets.quantity[first], 9),
        "discount_amount": np.zeros(len(back)),
        "is_return": np.ones(len(back), bool),
    }
    return pa.concat_tables([pa.table(bought), pa.table(returned)])


def _lines(
    block: Block, line: NDArray[np.int64], recorded: NDArray[np.float64]
) -> dict[str, pa.Array]:
    baskets = block.baskets
    product = block.world.catalogue.table["product_id"].combine_chunks()
    return {
        "order_id": block.fulfilment.order_id.take(pa.array(baskets.line_order[line])),
        "line_number": None,
        "product_id": product.take(pa.array(baskets.product[line])),
        "recorded_at": times(block.world.calendar, recorded),
    }


def _shipping(amount: NDArray[np.float64], place: NDArray[np.int8]) -> NDArray[np.float64]:
    is_free = (amount >= FREE_SHIPPING_FROM) | (place == PLACES.index("store"))
    return np.where(is_free, 0.0, SHIPPING)


def _stores(block: Block, person: NDArray[np.int64], place: NDArray[np.int8]) -> pa.DictionaryArray:
    """Return the shop of an order, in the customer's country; NULL for orders on the web."""
    names = [f"store_{number:02d}" for number in range(1, sum(STORES) + 1)]
    country = block.people.country[person]
    here = np.array(STORES)[country]
    first = (np.cumsum(STORES) - STORES)[country]
    visit = (np.arange(len(person)) % ELSEWHERE == 0).astype(np.int64)
    mine = first + (block.people.number[person] // 2 + visit) % here
    return words(names, np.where(place == PLACES.index("store"), mine, -1))


def _unless_in_store(spelled: pa.Array, place: NDArray[np.int8]) -> pa.Array:
    return pc.if_else(pa.array(place != PLACES.index("store")), spelled, None)


def _now_and_then(spelled: pa.Array, order: NDArray[np.int64]) -> pa.Array:
    """Return phone numbers for the orders that ask for one: every fourth."""
    return pc.if_else(pa.array(order % round(1 / PHONE_SHARE) == 0), spelled, None)
