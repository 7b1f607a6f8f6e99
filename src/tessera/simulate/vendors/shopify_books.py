"""What a shop's books hold of its orders: how each was placed, how it stands, what came back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

KEPT = "completed"


@dataclass(frozen=True)
class Books:
    """What the shop wrote down of a block's orders.

    Attributes
    ----------
    deliveries
        The orders feed: an order again, and later, when it was cancelled or came back.
    lines
        The order_lines feed: lines as bought, and one for each part that came back.
    """

    deliveries: pa.Table
    lines: pa.Table

    @cached_property
    def placed(self) -> pa.Table:
        """Return each order as it was first told of."""
        return self.deliveries.take(self._edges[0])

    @cached_property
    def today(self) -> pa.Table:
        """Return each order as it stands, in the same order."""
        return self.deliveries.take(self._edges[1])

    @cached_property
    def bought(self) -> pa.Table:
        """Return the lines as bought."""
        return self.lines.filter(pc.invert(self.lines["is_return"]))

    @cached_property
    def returned(self) -> pa.Table:
        """Return the parts that came back of orders that were kept."""
        return self.lines.filter(self.lines["is_return"])

    @cached_property
    def overtaken(self) -> pa.Table:
        """Return first deliveries of which an order as it stands tells nothing: a copy keeps them.

        A till tells of its sales at night: who cancels before that is overtaken by the sale. And
        goods may come back to another store.
        """
        is_moved = pc.not_equal(
            pc.fill_null(self.placed["store_id"].cast(pa.string()), ""),
            pc.fill_null(self.today["store_id"].cast(pa.string()), ""),
        )
        is_ended = pc.not_equal(self.placed["status"].cast(pa.string()), KEPT)
        return self.placed.filter(pc.or_(is_ended, is_moved))

    @cached_property
    def settled(self) -> pa.Table:
        """Return the orders that changed after they had been placed, as they stand."""
        first, last = self._edges
        is_begun = pc.equal(self.placed["status"].cast(pa.string()), KEPT)
        return self.today.filter(pc.and_(pa.array(first != last), is_begun))

    @cached_property
    def _edges(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        ids = self.deliveries["order_id"].combine_chunks().dictionary_encode().indices
        codes = ids.to_numpy()
        _, first = np.unique(codes, return_index=True)
        _, from_last = np.unique(codes[::-1], return_index=True)
        return first, len(codes) - 1 - from_last
