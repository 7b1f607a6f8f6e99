"""The shop as a whole, and the blocks of people that are simulated one at a time.

People of different blocks never meet, so blocks can be drawn in any order and by several processes,
and memory depends on the size of a block alone. A household lives in one block.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.calendar import Calendar
from tessera.simulate.campaigns import CAMPAIGNS
from tessera.simulate.catalogue import draw_catalogue
from tessera.simulate.seasons import Seasons

if TYPE_CHECKING:
    from tessera.simulate.assignments import Assignments
    from tessera.simulate.baskets import Baskets
    from tessera.simulate.campaigns import Campaign
    from tessera.simulate.catalogue import Catalogue
    from tessera.simulate.fulfilment import Fulfilment
    from tessera.simulate.identities import Identities
    from tessera.simulate.lifetimes import Lifetimes
    from tessera.simulate.people import People
    from tessera.simulate.profiles import Profiles
    from tessera.simulate.purchases import Purchases
    from tessera.simulate.settings import Settings

BLOCK_SIZE = 20_000
"""People in a block: a few hundred megabytes of rows at a time."""


def random_stream(seed: int, block: int, channel: str) -> np.random.Generator:
    """Return the random stream of one channel of one block.

    Each channel has its own, so that a draw more in one leaves the others as they were.
    """
    return np.random.default_rng([seed, block, zlib.crc32(channel.encode())])


@dataclass(frozen=True)
class World:
    """What all people share: calendar, demand, catalogue and campaigns."""

    settings: Settings
    calendar: Calendar
    seasons: Seasons
    catalogue: Catalogue
    campaigns: tuple[Campaign, ...]

    @classmethod
    @cache
    def of(cls, settings: Settings) -> World:
        """Return the shop of some settings, drawn once in a process."""
        calendar = Calendar.of(settings)
        catalogue = draw_catalogue(random_stream(settings.seed, 0, "catalogue"))
        return cls(settings, calendar, Seasons.of(calendar), catalogue, CAMPAIGNS)


@dataclass(frozen=True)
class Block:
    """Some people, what drives them and what they are called; their orders until the last day.

    Attributes
    ----------
    world
        The shop.
    number
        The block, from 0.
    people, lifetimes, identities
        Arrays of shape (people,) each.
    profiles
        Their names, addresses and numbers, spelled.
    assignments
        Who was assigned to which campaign, in the order of ``world.campaigns``.
    ticks
        The ticks behind the orders: see ``purchases``.
    baskets
        Their orders, also those before the feeds begin and after as_of.
    fulfilment
        Where each order was placed, what became of it, and by which ids it goes.
    """

    world: World
    number: int
    people: People
    lifetimes: Lifetimes
    identities: Identities
    profiles: Profiles
    assignments: tuple[Assignments, ...]
    ticks: Purchases
    baskets: Baskets
    fulfilment: Fulfilment

    def stream(self, channel: str) -> np.random.Generator:
        """Return the random stream of a channel."""
        return random_stream(self.world.settings.seed, self.number, channel)
