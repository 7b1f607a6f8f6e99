"""Where each order was placed and what became of it: cancelled, sent back whole or in part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.ids import spell_ids
from tessera.simulate.people import CAUSES
from tessera.simulate.personas import typical

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from tessera.simulate.baskets import Baskets
    from tessera.simulate.identities import Identities
    from tessera.simulate.lifetimes import Lifetimes
    from tessera.simulate.people import People

CANCELLED_SHARE = 0.025
PARTIAL_SHARE = 0.4
"""Share of returns that send back one line of several."""

BAD_QUALITY_FACTOR = 3.0
"""Who leaves because of the quality sends back more while their interest fades."""

PLACES = ("web", "app", "store")
COMPLETED, CANCELLED, RETURNED, PARTLY_RETURNED = range(4)


@dataclass(frozen=True)
class Fulfilment:
    """What happened to each order, arrays of shape (orders,).

    Attributes
    ----------
    order_id
        The shop's id.
    place
        Index of ``PLACES``.
    fate
        COMPLETED, CANCELLED, RETURNED or PARTLY_RETURNED.
    settled_day
        When it was cancelled or sent back; inf when nothing happened.
    """

    order_id: pa.StringArray
    place: NDArray[np.int8]
    fate: NDArray[np.int8]
    settled_day: NDArray[np.float64]


def fulfil(
    rng: np.random.Generator,
    block: int,
    people: People,
    lifetimes: Lifetimes,
    identities: Identities,
    baskets: Baskets,
) -> Fulfilment:
    """Draw what becomes of each order."""
    fate = _fates(rng, people, lifetimes, baskets)
    days = np.where(fate == CANCELLED, rng.uniform(0.05, 1, len(baskets)), 0.0)
    is_back = fate >= RETURNED
    days = np.where(is_back, 3 + rng.gamma(2.0, 4.0, len(baskets)), days)
    return Fulfilment(
        order_id=spell_ids("O", block, len(baskets)),
        place=_places(rng, people, identities, baskets),
        fate=fate,
        settled_day=np.where(fate == COMPLETED, np.inf, baskets.day + days),
    )


def _fates(
    rng: np.random.Generator, people: People, lifetimes: Lifetimes, baskets: Baskets
) -> NDArray[np.int8]:
    person = baskets.person
    share = typical("return_share", people.of("persona", person, baskets.day))
    is_upset = (people.cause[person] == CAUSES.index("product_quality")) & (
        lifetimes.is_fading(person, baskets.day)
    )
    share = np.minimum(share * np.where(is_upset, BAD_QUALITY_FACTOR, 1.0), 0.8)
    drawn = rng.random(len(person))
    fate = np.where(drawn < CANCELLED_SHARE, CANCELLED, COMPLETED)
    is_back = (drawn >= CANCELLED_SHARE) & (drawn < CANCELLED_SHARE + share)
    has_lines = np.diff(baskets.first_line) > 1
    is_part = has_lines & (rng.random(len(person)) < PARTIAL_SHARE)
    return np.where(is_back, np.where(is_part, PARTLY_RETURNED, RETURNED), fate).astype(np.int8)


def _places(
    rng: np.random.Generator, people: People, identities: Identities, baskets: Baskets
) -> NDArray[np.int8]:
    """Return where orders are placed: in a shop only by those whose card tells who they are."""
    person, day = baskets.person, baskets.day
    has_card = day >= identities.account_day[person]
    store_share = typical("store_share", people.of("persona", person, day))
    app_share = people.of("mobile_share", person, day) / 2
    in_store = has_card & (rng.random(len(person)) < store_share)
    in_app = has_card & (rng.random(len(person)) < app_share)
    return np.where(in_store, 2, np.where(in_app, 1, 0)).astype(np.int8)
