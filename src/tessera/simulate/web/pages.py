"""The address of the page on which each step happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.web.steps import (
    BEGIN_CHECKOUT,
    EVENT_NAMES,
    LOGIN,
    NEWSLETTER_SIGNUP,
    PAGE_VIEW,
    PURCHASE,
    REMOVE_FROM_CART,
    SEARCH,
    VIEW_ORDER,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.catalogue import Catalogue
    from tessera.simulate.web.steps import Steps

SITE = "https://shop.example"
OWN_PAGES = {
    PAGE_VIEW: "/",
    LOGIN: "/login",
    SEARCH: "/search",
    REMOVE_FROM_CART: "/cart",
    BEGIN_CHECKOUT: "/checkout",
    PURCHASE: "/checkout/thanks",
    VIEW_ORDER: "/account/orders",
    NEWSLETTER_SIGNUP: "/newsletter",
}
"""Steps with a page of their own; the others happen on a product's page."""


@dataclass(frozen=True)
class Site:
    """The pages of the shop: its own, those of the categories, those of the products.

    Attributes
    ----------
    categories
        Names, in the order of the catalogue's category index.
    products
        Their ids, in the order of the catalogue.
    category_of
        Category of each product, shape (products,).
    """

    categories: list[str]
    products: list[str]
    category_of: NDArray[np.int64]

    @classmethod
    def of(cls, catalogue: Catalogue) -> Site:
        """Return the site that shows a catalogue."""
        names = catalogue.table["category"].to_pylist()
        firsts = np.unique(catalogue.category, return_index=True)[1]
        ids = catalogue.table["product_id"].to_pylist()
        return cls([names[each] for each in firsts], ids, catalogue.category)

    @property
    def addresses(self) -> list[str]:
        """Every page's address, each once."""
        slugs = [name.lower().replace(" ", "-").replace("&", "and") for name in self.categories]
        return [
            *(SITE + page for page in OWN_PAGES.values()),
            *(f"{SITE}/c/{slug}" for slug in slugs),
            *(f"{SITE}/p/{product}" for product in self.products),
        ]

    def page_of(self, steps: Steps) -> NDArray[np.int32]:
        """Return the page of each step, an index of ``addresses``."""
        own = np.full(len(EVENT_NAMES), -1, np.int32)
        own[list(OWN_PAGES)] = np.arange(len(OWN_PAGES))
        of_category = len(OWN_PAGES) + self.category_of.astype(np.int32)[steps.product]
        of_product = len(OWN_PAGES) + len(self.categories) + steps.product
        page = np.where(own[steps.kind] < 0, of_product, own[steps.kind])
        return np.where((steps.kind == PAGE_VIEW) & (steps.product >= 0), of_category, page)
