import numpy as np

from tessera.simulate.baskets import on_sale
from tessera.simulate.web.interests import draw_interests

GARDEN = 1


def test_the_next_category_is_looked_at_until_the_launch(world):
    day = np.array([world.calendar.launch_day - 1.0, world.calendar.launch_day])
    assert on_sale(world, np.array([GARDEN, GARDEN]), day).tolist() == [0, 1]


def test_people_look_at_their_favourite_category_most(block):
    person = np.full(5_000, 0)
    place = block.people.top_category_u[0]
    late = np.full(5_000, block.world.calendar.launch_day + 1.0)
    product = draw_interests(np.random.default_rng(1), block, person, late)
    favourite = 0 if place < 0.75 else 1
    assert (block.world.catalogue.category[product] == favourite).mean() > 0.5
