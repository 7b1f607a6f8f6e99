"""The products of each visit: viewed, compared, put into the cart, taken out again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.personas import PERSONAS
from tessera.simulate.web.interests import draw_interests
from tessera.simulate.web.visits import BROWSE, ORDER, RESEARCH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.web.intents import Intents
    from tessera.simulate.web.visits import Visits
    from tessera.simulate.world import Block

RESEARCHER = next(i for i, each in enumerate(PERSONAS) if each.name == "researcher")

MORE_LOOKS = np.array([0.15, 0.12, 0.35, 0.5])
"""Mean number of further products looked at, by purpose: order, research, browse, kiosk."""

RESEARCHER_LOOKS = 1.4
"""A researcher looks at so many more, on average, when preparing an order."""

SAME_AGAIN = np.array([0.1, 0.6, 0.0, 0.0])
"""Chance that such a look goes to a product of the order that is prepared, by purpose."""

COMPARED, RESEARCHER_COMPARED = 0.03, 0.3
VIEWED_BEFORE_BOUGHT = 0.62
MORE_IN_CART = 0.15
SECOND_THOUGHTS = 0.25
"""Chances: that prices are compared, by most and by researchers; that a product is viewed on its
own page before it is bought; that a further product goes into a cart; that it is taken out again
(always, when the visit ends in an order: else it would have been ordered)."""


LAST = 1.0
"""Place within a visit behind all others, which lie in [0, 1)."""


@dataclass(frozen=True)
class Items:
    """Products of visits, sorted by visit.

    Attributes
    ----------
    visit, product
        Indices, shape (items,).
    actions
        What is done with it, in this order: viewed, compared, put into the cart, taken out;
        booleans of shape (items, 4).
    """

    visit: NDArray[np.int64]
    product: NDArray[np.int64]
    actions: NDArray[np.bool_]


def draw_items(rng: np.random.Generator, block: Block, visits: Visits, intents: Intents) -> Items:
    """Draw the products of each visit, in a random order within it."""
    bought, looked_at = _bought(rng, block, visits), _looked_at(rng, block, visits, intents)
    visit = np.concatenate([bought.visit, looked_at.visit])
    product = np.concatenate([bought.product, looked_at.product])
    place = np.where(product == block.world.catalogue.wrapping, LAST, rng.random(len(visit)))
    order = np.lexsort((place, visit))
    return Items(
        visit[order],
        product[order],
        np.concatenate([bought.actions, looked_at.actions])[order],
    )


def _bought(rng: np.random.Generator, block: Block, visits: Visits) -> Items:
    """Return the lines of the orders: each goes into the cart and stays there.

    The wrapping of a gift is ticked in the cart: nobody looks at it or compares its price.
    """
    visit = np.flatnonzero(visits.purpose == ORDER)
    first = block.baskets.first_line[visits.order[visit]]
    count = block.baskets.first_line[visits.order[visit] + 1] - first
    line = np.repeat(first, count) + _counted(count)
    visit = np.repeat(visit, count)
    actions = np.zeros((len(visit), 4), bool)
    actions[:, 0] = rng.random(len(visit)) < VIEWED_BEFORE_BOUGHT
    actions[:, 1] = _are_compared(rng, visits, visit)
    actions[:, 2] = True
    product = block.baskets.product[line]
    actions[product == block.world.catalogue.wrapping, :2] = False
    return Items(visit, product, actions)


def _looked_at(rng: np.random.Generator, block: Block, visits: Visits, intents: Intents) -> Items:
    """Draw the products that are not bought in that visit."""
    count = _look_counts(rng, visits, intents)
    visit = np.repeat(np.arange(len(visits)), count)
    is_first = _counted(count) == 0
    actions = np.zeros((len(visit), 4), bool)
    actions[:, 0] = True
    actions[:, 1] = _are_compared(rng, visits, visit)
    is_order = intents.has_order[visit]
    stays_first = is_first & intents.has_cart[visit] & ~is_order
    adds = (rng.random(len(visit)) < MORE_IN_CART) & intents.has_cart[visit]
    actions[:, 2] = stays_first | adds
    actions[:, 3] = adds & ~stays_first & (is_order | (rng.random(len(visit)) < SECOND_THOUGHTS))
    return Items(visit, _products(rng, block, visits, visit), actions)


def _look_counts(rng: np.random.Generator, visits: Visits, intents: Intents) -> NDArray[np.int64]:
    mean = MORE_LOOKS[visits.purpose] + np.where(_is_deep(visits), RESEARCHER_LOOKS, 0.0)
    is_browse, is_order = visits.purpose == BROWSE, visits.purpose == ORDER
    at_least = ~is_order & (~is_browse | intents.has_cart)
    return np.asarray(rng.poisson(mean) + at_least)


def _products(
    rng: np.random.Generator, block: Block, visits: Visits, visit: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return products looked at: what the order will hold, or whatever pleases the person."""
    product = draw_interests(rng, block, visits.person[visit], visits.day[visit])
    same = np.flatnonzero(rng.random(len(visit)) < SAME_AGAIN[visits.purpose[visit]])
    product[same] = block.baskets.first_products(visits.order[visit[same]])
    return product


def _are_compared(
    rng: np.random.Generator, visits: Visits, visit: NDArray[np.int64]
) -> NDArray[np.bool_]:
    chance = np.where(_is_deep(visits), RESEARCHER_COMPARED, COMPARED)
    return np.asarray(rng.random(len(visit)) < chance[visit])


def _is_deep(visits: Visits) -> NDArray[np.bool_]:
    return np.asarray((visits.persona == RESEARCHER) & (visits.purpose == RESEARCH))


def _counted(count: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return 0, 1, … within each group of so many."""
    return np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
