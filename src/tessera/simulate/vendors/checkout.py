"""What trackers see of the orders: which order a purchase event ends in, and what lies in it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

PURCHASE = "purchase"


@dataclass(frozen=True)
class Checkout:
    """The orders of a block, as they were placed.

    Attributes
    ----------
    orders, lines
        The feeds orders and order_lines.
    """

    orders: pa.Table
    lines: pa.Table

    def orders_of(self, events: pa.Table) -> NDArray[np.int64]:
        """Return the row of ``orders`` in which each event ended, -1 for one that is no purchase.

        An order and the event that tells of it agree in time and money. Where two orders do, which
        of them it was is not told.
        """
        is_purchase = pc.fill_null(
            pc.equal(events["event_name"].cast(pa.string()), PURCHASE), False
        )
        rows = np.flatnonzero(is_purchase)
        found = np.full(events.num_rows, -1, np.int64)
        bought = events.take(pa.array(rows))
        keys = zip(bought["occurred_at"].to_pylist(), bought["revenue"].to_pylist(), strict=True)
        found[rows] = [self._row_by_receipt.get(key, -1) for key in keys]
        return found

    def items_of(self, order: int) -> list[dict[str, Any]]:
        """Return the lines of an order that were bought, each by column name."""
        return self._lines_by_order[self.orders["order_id"][order].as_py()]

    @cached_property
    def _row_by_receipt(self) -> dict[tuple[Any, Any], int]:
        """The first delivery of each order by its time and amount; -1 for two orders alike."""
        rows: dict[tuple[Any, Any], int] = {}
        ids = self.orders["order_id"].to_pylist()
        times, amounts = (self.orders[name].to_pylist() for name in ("ordered_at", "amount"))
        for row, key in enumerate(zip(times, amounts, strict=True)):
            first = rows.setdefault(key, row)
            if first >= 0 and ids[first] != ids[row]:
                rows[key] = -1
        return rows

    @cached_property
    def _lines_by_order(self) -> dict[str, list[dict[str, Any]]]:
        lines: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        names = ["order_id", "product_id", "quantity", "unit_price", "discount_amount"]
        for line in self.lines.select(names).to_pylist():
            if line["quantity"] > 0:
                lines[line["order_id"]].append(line)
        return lines
