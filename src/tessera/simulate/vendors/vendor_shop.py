"""What the writer of one vendor's export is given: its share of a block of people."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class VendorShop:
    """One vendor's share of the simulated shop.

    Attributes
    ----------
    number
        The block of people, from 0; None in the pass that writes what belongs to the shop as a
        whole: ``feeds`` then holds products and campaigns alone.
    feeds
        Canonical tables by feed, clean, under the vendors' ids, in the order in which their rows
        came in: what ``division`` gives this vendor, and products and campaigns to look things up.
    seed
        The seed of the shop, for what a writer must draw.
    """

    number: int | None
    feeds: Mapping[str, pa.Table]
    seed: int


Exports = Callable[[VendorShop], Iterable[tuple[str, pa.Table]]]
"""A writer: it yields the name of a table of the vendor, and rows of it."""
