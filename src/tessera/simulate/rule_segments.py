"""The feed rule_segments: the segments the company made by hand, before Tessera.

Once a quarter somebody sorts the contacts by two rules: when they last bought, and how often in a
year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tessera.simulate.rows import times, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.world import Block

QUARTER_DAYS = 91.0
SEGMENTS = ("A customers", "B customers", "C customers", "New", "Sleeping", "Prospects")
OFTEN, SOMETIMES = 12, 4
RECENT_DAYS = 180


def rule_segments(block: Block) -> pa.Table:
    """Return the rule_segments feed: one row per contact and stay in a segment."""
    days = np.arange(QUARTER_DAYS, block.world.calendar.observed_days, QUARTER_DAYS)
    if not len(days):
        days = np.array([block.world.calendar.observed_days / 2])
    sorted_into = np.stack([_segments(block, day) for day in days])
    before = np.vstack([np.full(sorted_into.shape[1], -1), sorted_into[:-1]])
    quarter, person = np.nonzero((sorted_into != before) & (sorted_into >= 0))
    order = np.lexsort((quarter, person))
    quarter, person = quarter[order], person[order]
    ends = np.append(days[quarter][1:], np.inf)
    ends[np.append(person[1:] != person[:-1], np.ones(min(1, len(person)), bool))] = np.inf
    return pa.table(
        {
            "contact_id": block.identities.contact.take(pa.array(person)),
            "segment_name": words(SEGMENTS, sorted_into[quarter, person]).cast(pa.string()),
            "valid_from": times(block.world.calendar, days[quarter]),
            "valid_to": times(block.world.calendar, ends[: len(person)]),
            "recorded_at": times(block.world.calendar, days[quarter]),
        }
    )


def _segments(block: Block, day: float) -> NDArray[np.int64]:
    """Return the segment of each person on a day, -1 for those whom the CRM does not know."""
    baskets, count = block.baskets, len(block.people)
    past = (baskets.day < day) & (baskets.day >= 0)
    last = np.full(count, -np.inf)
    np.maximum.at(last, baskets.person[past], baskets.day[past])
    first = np.full(count, np.inf)
    np.minimum.at(first, baskets.person[past], baskets.day[past])
    in_year = past & (baskets.day >= day - 365)
    orders = np.bincount(baskets.person[in_year], minlength=count)
    segment = np.select(
        [
            ~np.isfinite(last),
            day - last > RECENT_DAYS,
            orders >= OFTEN,
            day - first < QUARTER_DAYS,
            orders >= SOMETIMES,
        ],
        [5, 4, 0, 3, 1],
        2,
    )
    return np.where(block.identities.contact_day < day, segment, -1)
