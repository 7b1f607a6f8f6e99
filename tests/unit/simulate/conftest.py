"""A shop of a thousand people and four products, drawn once."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from tessera.simulate.block import draw_block
from tessera.simulate.calendar import Calendar
from tessera.simulate.campaigns import CAMPAIGNS
from tessera.simulate.catalogue import Catalogue
from tessera.simulate.seasons import Seasons
from tessera.simulate.settings import Dirt, Settings
from tessera.simulate.world import World


def small_catalogue():
    """Two categories; the second has one product a tier, the first two cheap ones; and wrapping."""
    price = np.array([10.0, 20.0, 40.0, 80.0, 5.0, 15.0, 45.0, 4.0])
    category = np.array([0, 0, 0, 0, 1, 1, 1, 2])
    names = ["Kitchen", "Garden", "Gift service"]
    return Catalogue(
        table=pa.table(
            {
                "product_id": [f"P{number}" for number in range(8)],
                "name": [f"Thing {number}" for number in range(8)],
                "category": [names[each] for each in category],
                "subcategory": ["Tools"] * 8,
                "brand": ["Nobody"] * 8,
                "department": ["Home"] * 8,
            }
        ),
        spoken_name=pa.array([f"thing {number}" for number in range(8)]),
        category=category,
        list_price=price,
        cost=price / 2,
        first=np.array([[0, 2, 3], [4, 5, 6], [7, 7, 7]]),
        size=np.array([[2, 1, 1], [1, 1, 1], [1, 1, 1]]),
        popularity=np.array([0.75, 0.25, 0.0]),
        launched=1,
        wrapping=7,
    )


def small_world(**changed):
    settings = Settings(
        **({"customers": 1_000, "months": 24, "as_of": dt.date(2026, 1, 1)} | changed)
    )
    calendar = Calendar.of(settings)
    return World(settings, calendar, Seasons.of(calendar), small_catalogue(), CAMPAIGNS)


@pytest.fixture(scope="session")
def world():
    return small_world()


@pytest.fixture(scope="session")
def block(world):
    return draw_block(world, 0)


def kept(block, dirt):
    """The same people, whose feeds are kept another way."""
    settings = replace(block.world.settings, dirt=dirt)
    return replace(block, world=replace(block.world, settings=settings))


@pytest.fixture(scope="session")
def clean_block(block):
    return kept(block, Dirt.NONE)


@pytest.fixture(scope="session")
def heavy_block(block):
    return kept(block, Dirt.HEAVY)
