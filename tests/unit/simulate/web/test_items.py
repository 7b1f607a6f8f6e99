import numpy as np

from tessera.simulate.web.steps import ADD_TO_CART, EVENT_NAMES, SEARCH


def test_wrapping_is_put_into_the_cart_and_never_looked_at_or_searched_for(block, traffic):
    steps = traffic.steps
    wraps = steps.product == block.world.catalogue.wrapping
    is_human = traffic.person[steps.visit] >= 0
    assert wraps.any()
    told = {EVENT_NAMES[kind] for kind in np.unique(steps.kind[wraps & is_human])}
    assert told == {EVENT_NAMES[ADD_TO_CART]}
    assert (steps.kind == SEARCH).any()
