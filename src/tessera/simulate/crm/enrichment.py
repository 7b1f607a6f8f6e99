"""What a data vendor says about people: roughly right, often missing, and not from the start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.baskets import favourite

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.world import Block

MATCHED_SHARE = 0.55
MISSING_SHARE = 0.15
MATCHED_WITHIN_DAYS = (10, 240)
INCOME_BANDS = ("under_20k", "20k_40k", "40k_60k", "60k_100k", "over_100k")
LOYALTY_TIERS = ("none", "bronze", "silver", "gold")
MEAN_WEALTH, WEALTH_SPREAD = 0.33, 0.5
"""Of what people spend, as :func:`draw_enrichment` puts it together."""

OTHER_INTERESTS = ("travel", "sports", "cooking", "music", "gardening", "gaming", "reading")


@dataclass(frozen=True)
class Enrichment:
    """What a vendor knows of each person.

    Attributes
    ----------
    known_day
        When the vendor's match was loaded; inf: they were not found. Shape (people,).
    table
        Columns attr_*, shape (people,), NULL where the vendor does not know.
    """

    known_day: NDArray[np.float64]
    table: pa.Table


def draw_enrichment(rng: np.random.Generator, block: Block) -> Enrichment:
    """Draw what the vendor says: weakly related to what people buy, and how often."""
    count = len(block.people)
    low, high = MATCHED_WITHIN_DAYS
    known_day = block.identities.contact_day + rng.uniform(low, high, count)
    income = _bands(rng, np.log(block.people.spend_level) + block.people.price_tier / 2)
    age = block.world.calendar.as_of.year - block.profiles.birth_year
    owns = rng.random(count) < np.clip(0.1 + 0.008 * (age - 20) + 0.06 * income, 0.02, 0.9)
    size = 1 + rng.binomial(4, 0.22, count) + (block.identities.partner >= 0)
    tier = _tiers(rng, block.people.rate)
    columns = {
        "attr_income_band": pa.array(INCOME_BANDS).take(pa.array(income)),
        "attr_household_size": pa.array(size),
        "attr_home_owner": pa.array(owns),
        "attr_interests": _interests(rng, block),
        "attr_loyalty_tier": pa.array(LOYALTY_TIERS).take(pa.array(tier)),
    }
    table = pa.table({name: _with_gaps(rng, column) for name, column in columns.items()})
    is_matched = rng.random(count) < MATCHED_SHARE
    return Enrichment(np.where(is_matched, known_day, np.inf), table)


def _bands(rng: np.random.Generator, wealth: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return bands of about 15, 30, 28, 19 and 8 per cent: a third wealth, two thirds chance."""
    place = 0.57 * (wealth - MEAN_WEALTH) / WEALTH_SPREAD + rng.normal(0, 0.82, len(wealth))
    return np.searchsorted((-1.04, -0.13, 0.61, 1.41), place)


def _tiers(rng: np.random.Generator, rate: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the tier in a programme of many shops: who buys much here often buys much there."""
    orders_per_year = 365 * rate * rng.lognormal(0, 1.0, len(rate))
    return np.searchsorted((4.0, 10.0, 25.0), orders_per_year)


def _interests(rng: np.random.Generator, block: Block) -> pa.StringArray:
    """Return two interests: a favourite category, mostly, and something else."""
    catalogue, people = block.world.catalogue, block.people
    names = pc.utf8_lower(catalogue.table["category"].combine_chunks())
    is_right = rng.random(len(people)) < 0.6  # noqa: PLR2004 - how often the vendor is right
    place = np.where(is_right, people.top_category_u, rng.random(len(people)))
    category = favourite(catalogue, place)
    first = names.take(pa.array(catalogue.first[category, 0]))
    other = pa.array(OTHER_INTERESTS).take(
        pa.array(rng.integers(0, len(OTHER_INTERESTS), len(people)))
    )
    return pc.binary_join_element_wise(first, other, ";")


def _with_gaps(rng: np.random.Generator, column: pa.Array) -> pa.Array:
    return pc.if_else(pa.array(rng.random(len(column)) >= MISSING_SHARE), column, None)
