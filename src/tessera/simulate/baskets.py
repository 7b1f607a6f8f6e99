"""What is in each order: lines, prices, discounts, and what comes back. Money is in euro here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.catalogue import TIERS
from tessera.simulate.personas import typical
from tessera.simulate.seasons import LAUNCH_DAYS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.catalogue import Catalogue
    from tessera.simulate.people import People
    from tessera.simulate.purchases import Purchases
    from tessera.simulate.world import World

TIER_SPREAD = 0.5
FAVOURITE, SECOND = 0.45, 0.7
"""Below the first a line is of the favourite category, below the second of the second favourite."""

LAUNCH_PULL = 0.06
"""Share of lines that go to a newly launched category out of curiosity, times the persona's."""

MORE_UNITS = 0.25
DISCOUNTS = np.array([0.1, 0.15, 0.2, 0.3])
SALE_MONTHS = (1, 7, 11)
SALE_FACTOR = 1.5
DRIFT_DISCOUNT_FACTOR = 1.3


@dataclass(frozen=True)
class Baskets:
    """Orders and their lines.

    Attributes
    ----------
    person, day
        Of each order, shape (orders,), sorted by person and time.
    is_gift
        Bought for somebody else, and wrapped, shape (orders,).
    discount
        Share taken off, shape (orders,).
    first_line
        Where the lines of each order begin, shape (orders + 1,).
    line_order, product, quantity
        Of each line, shape (lines,).
    """

    person: NDArray[np.int64]
    day: NDArray[np.float64]
    is_gift: NDArray[np.bool_]
    discount: NDArray[np.float64]
    first_line: NDArray[np.int64]
    line_order: NDArray[np.int64]
    product: NDArray[np.int64]
    quantity: NDArray[np.int64]

    def __len__(self) -> int:
        """Count the orders."""
        return len(self.person)

    @property
    def line_number(self) -> NDArray[np.int64]:
        """Place of each line within its order, from 1."""
        return np.arange(len(self.line_order)) - self.first_line[self.line_order] + 1

    def first_products(self, order: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the product of the first line of orders; any product for order -1."""
        line = np.append(self.first_line[:-1], -1)[order]
        return np.asarray(np.append(self.product, 0)[line])

    def summed(self, of_lines: NDArray[np.float64]) -> NDArray[np.float64]:
        """Add up a quantity of lines per order."""
        return np.add.reduceat(of_lines, self.first_line[:-1]) if len(self) else of_lines


def fill_baskets(
    rng: np.random.Generator, world: World, people: People, purchases: Purchases
) -> Baskets:
    """Fill a basket for each purchase."""
    person, day = purchases.person, purchases.day
    gift_share = typical("gift_share", people.of("persona", person, day))
    is_gift = rng.random(len(person)) < gift_share
    count = 1 + rng.poisson(people.of("lines", person, day) - 1) + is_gift
    first_line = np.concatenate([[0], np.cumsum(count)])
    line_order = np.repeat(np.arange(len(person)), count)
    buyer = person[line_order]
    category = draw_categories(rng, world, people, buyer, day[line_order])
    tier = draw_tiers(rng, people.of("price_tier", person, day)[line_order], TIER_SPREAD)
    product = world.catalogue.choose(rng, category, tier)
    quantity = 1 + rng.poisson(MORE_UNITS * people.spend_level[buyer])
    wrapped = first_line[1:][is_gift] - 1  # a gift's last line is its wrapping
    product[wrapped], quantity[wrapped] = world.catalogue.wrapping, 1
    return Baskets(
        person=person,
        day=day,
        is_gift=is_gift,
        discount=_discounts(rng, world, people, purchases),
        first_line=first_line,
        line_order=line_order,
        product=product,
        quantity=quantity,
    )


def favourite(catalogue: Catalogue, place: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the category at a place in [0, 1) of the shop's popularity."""
    edges = np.cumsum(catalogue.popularity)
    return np.searchsorted(edges / edges[-1], place, side="right")


def expected_order_value(
    world: World, people: People, days: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return what an order of each person is worth on average, in euro, shape (people,).

    From the same shares and prices that :func:`fill_baskets` draws with, at sales as frequent as
    in ``days``; which of the days a person prefers is left out.
    """
    price = world.catalogue.mean_price()
    weights = _tier_weights(people.price_tier)
    top = (price[favourite(world.catalogue, people.top_category_u)] * weights).sum(axis=1)
    second = (price[favourite(world.catalogue, people.second_category_u)] * weights).sum(axis=1)
    popularity = world.catalogue.popularity / world.catalogue.popularity.sum()
    any_other = (weights * (popularity @ price)).sum(axis=1)
    mean = FAVOURITE * top + (SECOND - FAVOURITE) * second + (1 - SECOND) * any_other
    units = people.lines * (1 + MORE_UNITS * people.spend_level)
    wrapping = (
        typical("gift_share", people.persona) * world.catalogue.list_price[world.catalogue.wrapping]
    )
    factors, counts = np.unique(_discount_factors(world, days), return_counts=True)
    chance = np.minimum(1, people.price_sensitivity[:, None] * factors) @ (counts / len(days))
    return np.asarray((units * mean + wrapping) * (1 - chance * DISCOUNTS.mean()))


def draw_categories(
    rng: np.random.Generator,
    world: World,
    people: People,
    buyer: NDArray[np.int64],
    day: NDArray[np.float64],
) -> NDArray[np.int64]:
    """Choose what each line is about."""
    drawn, place, curiosity = rng.random((3, len(buyer)))
    own = np.where(drawn < FAVOURITE, people.top_category_u[buyer], people.second_category_u[buyer])
    category = favourite(world.catalogue, np.where(drawn < SECOND, own, place))
    is_new = (day >= world.calendar.launch_day) & (day < world.calendar.launch_day + LAUNCH_DAYS)
    pull = LAUNCH_PULL * typical("launch", people.of("persona", buyer, day))
    is_curious = is_new & (curiosity < pull)
    return on_sale(world, np.where(is_curious, world.catalogue.launched, category), day)


def on_sale(
    world: World, category: NDArray[np.int64], day: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return categories as far as they are on sale: the next one for what is not yet launched."""
    is_early = (category == world.catalogue.launched) & (day < world.calendar.launch_day)
    return np.where(is_early, (category + 1) % world.catalogue.categories, category)


def draw_tiers(
    rng: np.random.Generator, mean: NDArray[np.float64], spread: float
) -> NDArray[np.int64]:
    """Choose a price tier around each mean."""
    return np.clip(np.rint(mean + rng.normal(0, spread, len(mean))), 0, TIERS - 1).astype(int)


def _tier_weights(mean: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the chance of each tier, shape (people, tiers): what :func:`draw_tiers` draws from."""
    from scipy.stats import norm  # noqa: PLC0415 - slow to import, needed once

    below = norm.cdf((np.arange(TIERS - 1) + 0.5 - mean[:, None]) / TIER_SPREAD)
    edges = np.concatenate([np.zeros((len(mean), 1)), below, np.ones((len(mean), 1))], axis=1)
    return np.diff(edges, axis=1)


def _discounts(
    rng: np.random.Generator, world: World, people: People, purchases: Purchases
) -> NDArray[np.float64]:
    chance = people.of("price_sensitivity", purchases.person, purchases.day)
    chance = chance * _discount_factors(world, purchases.day)
    is_discounted = rng.random(len(purchases)) < chance
    return np.where(is_discounted, rng.choice(DISCOUNTS, len(purchases)), 0.0)


def _discount_factors(world: World, day: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how much more is sold at a discount than usual: in sales, and after the drift."""
    is_sale = np.isin(world.calendar.month_of(day), SALE_MONTHS)
    late = np.where(day >= world.calendar.drift_day, DRIFT_DISCOUNT_FACTOR, 1.0)
    return np.where(is_sale, SALE_FACTOR, 1.0) * late
