"""Crawlers: fast, regular, tireless, and nobody. Some say what they are, some do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.baskets import on_sale
from tessera.simulate.catalogue import TIERS
from tessera.simulate.web.cookies import OF_BOT, Cookies
from tessera.simulate.web.devices import DECLARED_BOT, DESKTOP
from tessera.simulate.web.steps import MILLISECONDS, PAGE_VIEW, VIEW_ITEM, Steps, since_first

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.world import Block

EVENT_SHARE = 0.025
"""Events of crawlers per event of a person."""

PAGES = 80
"""Mean number of pages of a crawl."""

CRAWLS_PER_COOKIE = 4
DECLARED_SHARE = 0.5
PRODUCT_SHARE = 0.75
FASTEST_MS, SLOWEST_MS = 150, 900
"""Range of the pauses between two pages: each crawl keeps to its own."""


def draw_crawls(
    rng: np.random.Generator, block: Block, human_steps: int
) -> tuple[Steps, Cookies, NDArray[np.int64]]:
    """Draw crawls in proportion to so many steps of people.

    Returns
    -------
    tuple
        The steps, their visits counted from 0; the cookies; and the cookie of each visit.
    """
    crawls = int(rng.poisson(human_steps * EVENT_SHARE / PAGES))
    start = np.sort(rng.uniform(0, block.world.calendar.observed_days, crawls))
    count = 1 + rng.poisson(PAGES * rng.gamma(1.0, 1.0, crawls))
    first = np.concatenate([[0], np.cumsum(count)])
    visit = np.repeat(np.arange(crawls, dtype=np.int32), count)
    pause = np.repeat(rng.integers(FASTEST_MS, SLOWEST_MS, crawls), count)
    begin = np.floor(start * MILLISECONDS).astype(np.int64)
    time = begin[visit] + since_first(first, pause + rng.integers(0, 20, len(visit)))
    kind = np.where(rng.random(len(visit)) < PRODUCT_SHARE, VIEW_ITEM, PAGE_VIEW).astype(np.int8)
    steps = Steps(visit, kind, _products(rng, block, start[visit]), time)
    cookie = _cookies_of_crawls(rng, crawls)
    return steps, _cookies(rng, block, begin, cookie), cookie


def _products(
    rng: np.random.Generator, block: Block, day: NDArray[np.float64]
) -> NDArray[np.int32]:
    catalogue = block.world.catalogue
    category, tier = rng.integers(0, [[catalogue.categories], [TIERS]], (2, len(day)))
    return catalogue.choose(rng, on_sale(block.world, category, day), tier).astype(np.int32)


def _cookies_of_crawls(rng: np.random.Generator, crawls: int) -> NDArray[np.int64]:
    """Draw the cookie of each crawl, counted from 0 by their first crawl."""
    drawn = rng.integers(0, crawls // CRAWLS_PER_COOKIE + 1, crawls)
    _, first, cookie = np.unique(drawn, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[cookie]


def _cookies(
    rng: np.random.Generator, block: Block, begin: NDArray[np.int64], cookie: NDArray[np.int64]
) -> Cookies:
    count = int(cookie.max(initial=-1)) + 1
    declares = rng.random(count) < DECLARED_SHARE
    return Cookies(
        np.full(count, OF_BOT, np.int8),
        np.full(count, -1),
        np.where(declares, DECLARED_BOT, DESKTOP).astype(np.int8),
        begin[np.unique(cookie, return_index=True)[1]],
        np.full(count, block.world.calendar.observed_days * MILLISECONDS),
    )
