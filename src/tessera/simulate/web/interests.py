"""What people look at: mostly what they like to buy, in a wider range of prices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.simulate.baskets import draw_categories, draw_tiers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tessera.simulate.world import Block

TIER_SPREAD = 0.8


def draw_interests(
    rng: np.random.Generator, block: Block, person: NDArray[np.int64], day: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Draw a product that each person looks at, shape (looks,)."""
    people = block.people
    category = draw_categories(rng, block.world, people, person, day)
    tier = draw_tiers(rng, people.of("price_tier", person, day), TIER_SPREAD)
    return block.world.catalogue.choose(rng, category, tier)
