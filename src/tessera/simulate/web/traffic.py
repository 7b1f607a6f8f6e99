"""All that happens on the web in one block: drawn once, and told twice, as feed and as truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.settings import Dirt
from tessera.simulate.web.cookies import OF_KIOSK, Cookies, Spans, draw_cookies
from tessera.simulate.web.courses import draw_steps
from tessera.simulate.web.devices import TABLET, choose_devices
from tessera.simulate.web.intents import draw_intents
from tessera.simulate.web.items import draw_items
from tessera.simulate.web.logins import draw_logins
from tessera.simulate.web.robots import draw_crawls
from tessera.simulate.web.sources import DIRECT, choose_sources
from tessera.simulate.web.steps import MILLISECONDS, Steps
from tessera.simulate.web.visits import BOT, Visits, draw_kiosk_visits, draw_visits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.world import Block

KIOSKS = ("kiosk_1", "kiosk_2", "kiosk_3")
"""Cookies of the kiosks in the shops: the same in every block."""


@dataclass(frozen=True)
class Traffic:
    """The visits of a block, their steps and their cookies.

    Attributes
    ----------
    person, purpose, order
        As in ``visits``; of crawls the person is -1, shape (visits,).
    source
        Index of ``SOURCES``, shape (visits,).
    leaves_email
        Whether the order of a guest notes the address, shape (visits,).
    cookie
        Index into ``cookies``, shape (visits,).
    steps
        What happens in them, within what the feeds show. No visit is without a step.
    cookies
        Those of people, then those of crawlers, then those of the kiosks.
    """

    person: NDArray[np.int64]
    purpose: NDArray[np.int8]
    order: NDArray[np.int64]
    source: NDArray[np.int8]
    leaves_email: NDArray[np.bool_]
    cookie: NDArray[np.int64]
    steps: Steps
    cookies: Cookies

    def __len__(self) -> int:
        """Count the visits."""
        return len(self.person)

    def followed_by(self, others: Traffic) -> Traffic:
        """Return this traffic and other traffic of the same block."""
        cookie = np.concatenate([self.cookie, others.cookie + len(self.cookies)])
        return Traffic(
            person=np.concatenate([self.person, others.person]),
            purpose=np.concatenate([self.purpose, others.purpose]),
            order=np.concatenate([self.order, others.order]),
            source=np.concatenate([self.source, others.source]),
            leaves_email=np.concatenate([self.leaves_email, others.leaves_email]),
            cookie=cookie,
            steps=self.steps.followed_by(others.steps, len(self)),
            cookies=self.cookies.followed_by(others.cookies),
        )


def draw_traffic(block: Block) -> Traffic:
    """Draw the traffic of a block. Crawlers and kiosks are dirt, and draw from their own streams.

    So what people do is the same however badly the feeds are kept.
    """
    rng = block.stream("web")
    traffic = _of_people(rng, block)
    if block.world.settings.dirt is Dirt.NONE:
        return traffic
    crawls = _of_crawlers(block.stream("web crawlers"), block, len(traffic.steps))
    kiosks = _at_kiosks(block.stream("web kiosks"), block)
    return traffic.followed_by(crawls).followed_by(kiosks)


def _of_people(rng: np.random.Generator, block: Block) -> Traffic:
    visits, end = draw_visits(rng, block), _end(block)
    device = choose_devices(rng, block, visits)
    steps, leaves_email = _steps(rng, block, visits, device)
    first = np.searchsorted(steps.visit, np.arange(len(visits) + 1))
    spans = Spans(visits.person, device, steps.time[first[:-1]], steps.time[first[1:] - 1])
    cookies, cookie = draw_cookies(rng, spans, len(block.people), end)
    source = choose_sources(rng, block, visits, device)
    return Traffic(
        person=visits.person,
        purpose=visits.purpose,
        order=visits.order,
        source=source,
        leaves_email=leaves_email,
        cookie=cookie,
        steps=steps,
        cookies=cookies,
    )


def _at_kiosks(rng: np.random.Generator, block: Block) -> Traffic:
    """Draw visits of people who sign in, one after another, at a kiosk whose cookie stays."""
    visits, count = draw_kiosk_visits(rng, block), len(KIOSKS)
    steps, leaves_email = _steps(rng, block, visits, np.full(len(visits), TABLET, np.int8))
    return Traffic(
        person=visits.person,
        purpose=visits.purpose,
        order=visits.order,
        source=np.full(len(visits), DIRECT, np.int8),
        leaves_email=leaves_email,
        cookie=rng.integers(0, count, len(visits)),
        steps=steps,
        cookies=Cookies(
            kind=np.full(count, OF_KIOSK, np.int8),
            person=np.full(count, -1),
            device=np.full(count, TABLET, np.int8),
            valid_from=np.zeros(count, np.int64),
            valid_to=np.full(count, _end(block)),
        ),
    )


def _of_crawlers(rng: np.random.Generator, block: Block, human_steps: int) -> Traffic:
    steps, cookies, cookie = draw_crawls(rng, block, human_steps)
    count = len(cookie)
    return Traffic(
        person=np.full(count, -1),
        purpose=np.full(count, BOT, np.int8),
        order=np.full(count, -1),
        source=np.full(count, DIRECT, np.int8),
        leaves_email=np.zeros(count, bool),
        cookie=cookie,
        steps=steps.until(_end(block)),
        cookies=cookies,
    )


def _steps(
    rng: np.random.Generator, block: Block, visits: Visits, device: NDArray[np.int8]
) -> tuple[Steps, NDArray[np.bool_]]:
    """Draw the steps that the feeds show; also return which guests leave their address."""
    intents = draw_intents(rng, visits)
    items = draw_items(rng, block, visits, intents)
    logins = draw_logins(rng, block, visits, intents, device)
    steps = draw_steps(rng, visits, intents, items, logins)
    return steps.until(_end(block)), logins.leaves_email


def _end(block: Block) -> int:
    """Return the end of what the feeds show, in milliseconds."""
    return block.world.calendar.observed_days * MILLISECONDS
