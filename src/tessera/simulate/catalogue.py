"""What the shop sells: products with prices, by category and price tier, some newly launched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tessera.simulate.rows import money
from tessera.simulate.words import write_catalogue

if TYPE_CHECKING:
    from numpy.typing import NDArray

TIERS = 3
"""Cheap, middling and premium thirds of each category."""

POPULARITY = 2.0
"""A product's place in the popularity of its shelf is u to this power: the first sell most."""

PRODUCTS = 1_200
PRICE_LEVEL = 0.75
"""The shop is cheaper than its assortment at list price: baskets as published for retail."""

WRAPPING = {
    "product_id": "P900001",
    "name": "Gift wrapping",
    "category": "Gift service",
    "subcategory": "Gift wrapping",
    "brand": "House brand",
    "department": "Service",
}
WRAPPING_PRICE = 3.9
WRAPPING_COST = 1.2
FEED_COLUMNS = ("product_id", "name", "category", "subcategory", "brand", "department")


@dataclass(frozen=True)
class Catalogue:
    """Products as a struct of arrays, sorted by category and tier, shape (products,) each.

    Attributes
    ----------
    table
        The products feed.
    spoken_name
        What people call each product in a sentence.
    category
        Index of the product's category.
    list_price, cost
        In euro.
    first, size
        Where each shelf begins and how many products it has, shape (categories, tiers).
    popularity
        Share of each category in unplanned purchases, shape (categories,).
    launched
        The category that goes on sale with the launch.
    wrapping
        The product that a gift is wrapped with; nobody buys it for its own sake.
    """

    table: pa.Table
    spoken_name: pa.StringArray
    category: NDArray[np.int64]
    list_price: NDArray[np.float64]
    cost: NDArray[np.float64]
    first: NDArray[np.int64]
    size: NDArray[np.int64]
    popularity: NDArray[np.float64]
    launched: int
    wrapping: int

    @property
    def categories(self) -> int:
        """Count the categories that people choose from."""
        return int((self.popularity > 0).sum())

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


def draw_catalogue(rng: np.random.Generator) -> Catalogue:
    """Draw the shop's products."""
    table = write_catalogue(rng, PRODUCTS)
    price = money(table["list_price"].to_numpy() * PRICE_LEVEL)
    names, category = np.unique(
        table["category"].to_numpy(zero_copy_only=False), return_inverse=True
    )
    place = _place_in_category(category, price)
    tier = np.floor(place * TIERS).astype(np.int64)
    order = np.lexsort((rng.random(len(price)), tier, category))
    shelves = np.zeros((len(names), TIERS), np.int64)
    np.add.at(shelves, (category, tier), 1)
    first = (np.cumsum(shelves.ravel()) - shelves.ravel()).reshape(shelves.shape)
    popularity = rng.dirichlet(np.full(len(names), 2.0))
    sold = table.select(FEED_COLUMNS).take(pa.array(order))
    wrapping = pa.Table.from_pylist([WRAPPING], schema=sold.schema)
    spoken = table["spoken_name"].combine_chunks().take(pa.array(order)).to_pylist()
    return Catalogue(
        table=pa.concat_tables([sold, wrapping]).combine_chunks(),
        spoken_name=pa.array([*spoken, "gift wrapping"]),
        category=np.append(category[order], len(names)),
        list_price=np.append(price[order], WRAPPING_PRICE),
        cost=np.append((price * table["cost_share"].to_numpy())[order], WRAPPING_COST),
        first=np.vstack([first, np.full(TIERS, len(price))]),
        size=np.vstack([shelves, np.ones(TIERS, np.int64)]),
        popularity=np.append(popularity, 0.0),
        launched=int(np.argsort(popularity)[len(names) // 2]),
        wrapping=len(price),
    )


def _place_in_category(
    category: NDArray[np.int64], price: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return where each price lies among those of its category, in [0, 1)."""
    order = np.lexsort((price, category))
    sizes = np.bincount(category)
    rank = np.arange(len(price)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    place = np.empty(len(price))
    place[order] = rank / np.repeat(sizes, sizes)
    return place
