"""How a visit runs: landing, search, products, checkout, order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.web.intents import SEARCH_SHARES
from tessera.simulate.web.steps import (
    ADD_TO_CART,
    BEGIN_CHECKOUT,
    LOGIN,
    MILLISECONDS,
    NEWSLETTER_SIGNUP,
    PAGE_VIEW,
    PRICE_COMPARISON,
    PURCHASE,
    REMOVE_FROM_CART,
    SEARCH,
    VIEW_ITEM,
    VIEW_ORDER,
    Steps,
    draw_gaps,
    since_first,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.web.intents import Intents
    from tessera.simulate.web.items import Items
    from tessera.simulate.web.logins import Logins
    from tessera.simulate.web.visits import Visits

BEFORE = np.array([PAGE_VIEW, LOGIN, SEARCH])
WITH_ITEM = np.array([VIEW_ITEM, PRICE_COMPARISON, ADD_TO_CART, REMOVE_FROM_CART])
AFTER = np.array([VIEW_ORDER, NEWSLETTER_SIGNUP, BEGIN_CHECKOUT, LOGIN, PURCHASE])

LANDING_SHARE = 0.3
"""Share of visits that begin on the front page or on a category's, not on a product's."""

CATEGORY_SHARE = 0.5
"""Share of those that begin on a category's page."""


def draw_steps(
    rng: np.random.Generator, visits: Visits, intents: Intents, items: Items, logins: Logins
) -> Steps:
    """Draw the steps of each visit."""
    count = np.bincount(items.visit, minlength=len(visits))
    before = _before(rng, visits, logins, count > 0)
    after = np.stack(
        [
            logins.views_order,
            logins.signs_up,
            intents.has_checkout,
            logins.is_at_checkout,
            intents.has_order,
        ],
        axis=1,
    )
    first_item = np.append(items.product, -1)[np.where(count > 0, np.cumsum(count) - count, -1)]
    is_of_category = rng.random(len(visits)) < CATEGORY_SHARE
    visit, kind, product = _in_order(before, items, after)
    is_opening = (kind == SEARCH) | ((kind == PAGE_VIEW) & is_of_category[visit])
    product = np.where(is_opening, first_item[visit], product).astype(np.int32)
    return Steps(visit, kind, product, _times(rng, visits, intents, visit))


def _before(
    rng: np.random.Generator, visits: Visits, logins: Logins, has_items: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    lands, searches = rng.random((2, len(visits)))
    is_landing = ~has_items | logins.is_early | (lands < LANDING_SHARE)
    is_search = has_items & (searches < SEARCH_SHARES[visits.purpose])
    return np.stack([is_landing, logins.is_early, is_search], axis=1)


def _in_order(
    before: NDArray[np.bool_], items: Items, after: NDArray[np.bool_]
) -> tuple[NDArray[np.int32], NDArray[np.int8], NDArray[np.int32]]:
    """Lay the steps before, with and after the products one behind the other.

    Row by row, the true elements of a matrix of booleans are the steps in their order.
    """
    opening, opening_kind = np.nonzero(before)
    item, action = np.nonzero(items.actions)
    closing, closing_kind = np.nonzero(after)
    parts = [
        (opening, BEFORE[opening_kind], np.full(len(opening), -1)),
        (items.visit[item], WITH_ITEM[action], items.product[item]),
        (closing, AFTER[closing_kind], np.full(len(closing), -1)),
    ]
    sizes = np.stack([np.bincount(part[0], minlength=len(before)) for part in parts])
    starts = np.cumsum(sizes.T.ravel()) - sizes.T.ravel()
    count = int(sizes.sum())
    kind, product = np.empty(count, np.int8), np.empty(count, np.int32)
    for index, (owner, kinds, products) in enumerate(parts):
        begins = np.cumsum(sizes[index]) - sizes[index]
        place = (starts[index :: len(parts)] - begins)[owner] + np.arange(len(owner))
        kind[place], product[place] = kinds, products
    visit = np.repeat(np.arange(len(before), dtype=np.int32), sizes.sum(axis=0))
    return visit, kind, product


def _times(
    rng: np.random.Generator, visits: Visits, intents: Intents, visit: NDArray[np.int32]
) -> NDArray[np.int64]:
    """Return when each step happens: an order at its second, what leads to it before."""
    first = np.searchsorted(visit, np.arange(len(visits) + 1))
    since = since_first(first, draw_gaps(rng, len(visit)))
    start = np.floor(visits.day * MILLISECONDS).astype(np.int64)
    ordered = np.floor(visits.day * 86_400).astype(np.int64) * 1_000
    start = np.where(intents.has_order, ordered - since[first[1:] - 1], start)
    return np.repeat(start, np.diff(first)) + since
