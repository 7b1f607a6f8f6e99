"""Where visits come from: typed in, found, advertised, written to, recommended, compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.campaigns import CAMPAIGNS
from tessera.simulate.web.devices import APP
from tessera.simulate.web.visits import KIOSK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.assignments import Assignments
    from tessera.simulate.web.visits import Visits
    from tessera.simulate.world import Block


@dataclass(frozen=True)
class Source:
    """What the first event of a visit tells of where it came from."""

    referrer: str | None = None
    utm_source: str | None = None
    utm_medium: str | None = None
    utm_campaign: str | None = None


SEARCH_ENGINE = "https://search.example/"
SOURCES = (
    Source(),
    Source(SEARCH_ENGINE),
    Source(SEARCH_ENGINE, "search", "cpc", "products"),
    Source("https://friends.example/", "friends", "social"),
    Source("https://prices.example/", "prices", "price_comparison"),
    Source("https://coupons.example/", "coupons", "affiliate"),
    Source(None, "newsletter", "email", "newsletter"),
    *(
        Source(None, each.campaign_id, each.channel, each.campaign_id)
        for each in CAMPAIGNS
        if each.channel in ("email", "sms")
    ),
)
DIRECT, ORGANIC, PAID, SOCIAL, COMPARISON, AFFILIATE, NEWSLETTER = range(7)

SHARES = np.array(
    [
        [0.45, 0.18, 0.05, 0.05, 0.01, 0.04, 0.22],
        [0.42, 0.22, 0.07, 0.05, 0.02, 0.04, 0.18],
        [0.18, 0.17, 0.10, 0.06, 0.14, 0.15, 0.20],
        [0.17, 0.34, 0.10, 0.02, 0.26, 0.03, 0.08],
        [0.20, 0.14, 0.14, 0.32, 0.02, 0.06, 0.12],
        [0.22, 0.36, 0.20, 0.06, 0.05, 0.03, 0.08],
        [0.20, 0.38, 0.20, 0.09, 0.05, 0.03, 0.05],
    ]
)
"""Share of each source, in the order of the constants above, one row a persona."""

CAMPAIGN_SHARE = 0.3
"""Share of visits, while a campaign runs, that come from its message to those who got it."""


def choose_sources(
    rng: np.random.Generator, block: Block, visits: Visits, device: NDArray[np.int8]
) -> NDArray[np.int8]:
    """Choose where each visit comes from, an index of ``SOURCES``, shape (visits,)."""
    drawn = rng.random(len(visits))
    edges = np.cumsum(SHARES, axis=1)[:, :-1]
    source = (drawn[:, None] >= edges[visits.persona]).sum(axis=1)
    names, person = block.identities, visits.person
    is_written_to = (names.email_consent_day[person] < visits.day) & (
        visits.day < names.email_withdrawn_day[person]
    )
    source = np.where((source == NEWSLETTER) & ~is_written_to, ORGANIC, source)
    source = np.where((device == APP) & (source != NEWSLETTER), DIRECT, source)
    follows = rng.random(len(visits)) < CAMPAIGN_SHARE
    for assignments in block.assignments:
        mark = _source_of(assignments.campaign.campaign_id)
        if mark >= 0:
            source = np.where(follows & _is_called(block, assignments, visits), mark, source)
    return np.where(visits.purpose == KIOSK, DIRECT, source).astype(np.int8)


def _source_of(campaign_id: str) -> int:
    """Return the source that is a campaign's message, -1 for a campaign without links."""
    marked = [each.utm_campaign == campaign_id for each in SOURCES]
    return marked.index(True) if any(marked) else -1


def _is_called(block: Block, assignments: Assignments, visits: Visits) -> NDArray[np.bool_]:
    """Return which visits are paid by people who were sent a campaign, while it runs."""
    was_sent = np.zeros(len(block.people), bool)
    was_sent[assignments.person[assignments.is_sent]] = True
    ends = assignments.campaign.ends_day(block.world.calendar)
    return was_sent[visits.person] & (visits.day >= assignments.day) & (visits.day < ends)
