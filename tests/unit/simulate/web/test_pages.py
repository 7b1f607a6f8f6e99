import numpy as np

from tessera.simulate.web.pages import Site
from tessera.simulate.web.steps import BEGIN_CHECKOUT, PAGE_VIEW, VIEW_ITEM, Steps


def test_steps_happen_on_the_page_that_they_are_about(world):
    site = Site.of(world.catalogue)
    steps = Steps(
        visit=np.zeros(4, np.int32),
        kind=np.array([PAGE_VIEW, PAGE_VIEW, VIEW_ITEM, BEGIN_CHECKOUT], np.int8),
        product=np.array([-1, 4, 4, -1], np.int32),
        time=np.arange(4),
    )
    assert [site.addresses[each] for each in site.page_of(steps)] == [
        "https://shop.example/",
        "https://shop.example/c/garden",
        "https://shop.example/p/P4",
        "https://shop.example/checkout",
    ]


def test_every_address_is_another(world):
    addresses = Site.of(world.catalogue).addresses
    assert len(set(addresses)) == len(addresses)
