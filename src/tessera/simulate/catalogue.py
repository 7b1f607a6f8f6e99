"""What the shop sells: products with prices, by category and price tier, some newly launched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

TIERS = 3
"""Cheap, middling and premium thirds of each category."""

POPULARITY = 2.0
"""A product's place in the popularity of its shelf is u to this power: the first sell most."""

LAUNCH_CATEGORY = "Smart home"
"""The category that goes on sale with the launch."""


@dataclass(frozen=True)
class Catalogue:
    """Products as a struct of arrays, sorted by category and tier, shape (products,) each.

    Attributes
    ----------
    table
        The products feed: product_id, name, category, subcategory, brand, department.
    category
        Index of the product's category.
    list_price, cost
        In euro.
    first, size
        Where each shelf begins and how many products it has, shape (categories, tiers).
    popularity
        Share of each category in unplanned purchases, shape (categories,).
    """

    table: pa.Table
    category: NDArray[np.int64]
    list_price: NDArray[np.float64]
    cost: NDArray[np.float64]
    first: NDArray[np.int64]
    size: NDArray[np.int64]
    popularity: NDArray[np.float64]

    @property
    def categories(self) -> int:
        """Count the categories."""
        return len(self.popularity)

    def mean_price(self) -> NDArray[np.float64]:
        """Return what a purchase from each shelf costs on average, shape (categories, tiers)."""
        mean = np.zeros(self.first.shape)
        for shelf in np.ndindex(self.first.shape):
            size = int(self.size[shelf])
            edges = np.linspace(0, 1, size + 1) ** (1 / POPULARITY)
            prices = self.list_price[self.first[shelf] : self.first[shelf] + size]
            mean[shelf] = (np.diff(edges) * prices).sum()
        return mean

    def choose(
        self, rng: np.random.Generator, category: NDArray[np.int64], tier: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Choose a product from each shelf asked for."""
        place = rng.random(len(category)) ** POPULARITY
        step = np.floor(place * self.size[category, tier]).astype(np.int64)
        return np.asarray(self.first[category, tier] + step)
