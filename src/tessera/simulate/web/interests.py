"""What people look at: mostly what they like to buy, in a wider range of prices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.baskets import FAVOURITE, SECOND, favourite
from tessera.simulate.catalogue import TIERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.world import Block, World

TIER_SPREAD = 0.8


def draw_interests(
    rng: np.random.Generator, block: Block, person: NDArray[np.int64], day: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Draw a product that each person looks at, shape (looks,)."""
    people, catalogue = block.people, block.world.catalogue
    drawn, place = rng.random((2, len(person)))
    own = np.where(
        drawn < FAVOURITE, people.top_category_u[person], people.second_category_u[person]
    )
    category = favourite(catalogue, np.where(drawn < SECOND, own, place))
    tier = np.rint(people.price_tier[person] + rng.normal(0, TIER_SPREAD, len(person)))
    tier = np.clip(tier, 0, TIERS - 1).astype(np.int64)
    return catalogue.choose(rng, on_sale(block.world, category, day), tier)


def on_sale(
    world: World, category: NDArray[np.int64], day: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return the categories, the next one instead of what is not yet launched."""
    launched = int(np.argmin(world.catalogue.popularity))
    is_early = (category == launched) & (day < world.calendar.launch_day)
    return np.where(is_early, (category + 1) % world.catalogue.categories, category)
