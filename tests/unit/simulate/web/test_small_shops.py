"""Shops so small that whole kinds of visits are missing."""

import numpy as np
import pytest

from tessera.simulate.block import draw_block
from tessera.simulate.settings import Settings
from tessera.simulate.web.events import web_events
from tessera.simulate.web.traffic import draw_traffic
from tessera.simulate.web.truth import web_truth
from tessera.simulate.world import World


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("customers", [1, 3])
def test_a_shop_of_next_to_nobody_has_traffic_of_the_same_columns(world, events, seed, customers):
    settings = Settings(customers=customers, months=24, seed=seed)
    few = World(settings, world.calendar, world.seasons, world.catalogue, world.campaigns)
    block = draw_block(few, 0)
    traffic = draw_traffic(block)
    told = web_events(block, traffic)
    told.validate(full=True)
    assert told.schema.equals(events.schema)
    sessions = web_truth(block, traffic)["sessions"]
    assert len(sessions) == len(np.unique(told["session_ref"].to_pylist()))
