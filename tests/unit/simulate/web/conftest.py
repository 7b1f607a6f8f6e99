"""The web traffic of the small shop, drawn once, as arrays, as feed and as truth."""

import numpy as np
import pytest

from tessera.simulate.web.events import web_events
from tessera.simulate.web.traffic import draw_traffic
from tessera.simulate.web.truth import web_truth


@pytest.fixture(scope="session")
def traffic(block):
    return draw_traffic(block)


@pytest.fixture(scope="session")
def events(block, traffic):
    return web_events(block, traffic)


@pytest.fixture(scope="session")
def truth(block, traffic):
    return web_truth(block, traffic)


@pytest.fixture(scope="session")
def first_day(block):
    return np.datetime64(block.world.calendar.starts_on, "us")
