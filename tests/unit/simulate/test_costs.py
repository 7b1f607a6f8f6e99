import numpy as np

from tessera.simulate.costs import Support, costs
from tessera.simulate.fulfilment import CANCELLED, PLACES

NOTHING = Support(np.array([], int), np.array([]), np.array([]))


def test_what_was_cancelled_is_not_delivered(block):
    baskets, fulfilment = block.baskets, block.fulfilment
    sent = (fulfilment.place != PLACES.index("store")) & (fulfilment.fate != CANCELLED)
    sent &= (baskets.day >= 0) & (baskets.day + 1 < block.world.calendar.observed_days)
    kinds = costs(block, NOTHING)["kind"].to_pylist()
    assert kinds.count("delivery") == sent.sum() > 0
