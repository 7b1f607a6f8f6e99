"""Which colour is whose: a segment has one, everywhere on the page and from build to build."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SLOTS = 12
"""As many colours as the style sheet defines: ``--segment-1`` to ``--segment-12``."""

NEUTRAL = "var(--neutral)"
"""For what is no segment of today."""


def segment_colours(segment_ids: Iterable[str]) -> dict[str, str]:
    """Give each segment a colour by the number in its id, which stays when it is renamed.

    Where two ids would share one, the later takes the next that is free; beyond twelve they repeat.

    Examples
    --------
    >>> segment_colours(["s1", "s7", "s13"])
    {'s1': 'var(--segment-1)', 's7': 'var(--segment-7)', 's13': 'var(--segment-2)'}
    """
    taken: set[int] = set()
    colours: dict[str, str] = {}
    for segment_id in sorted(set(segment_ids), key=_order):
        slot = _order(segment_id)[0] % SLOTS
        while slot in taken and len(taken) < SLOTS:
            slot = (slot + 1) % SLOTS
        taken.add(slot)
        colours[segment_id] = f"var(--segment-{slot + 1})"
    return colours


def _order(segment_id: str) -> tuple[int, str]:
    number = re.search(r"(\d+)$", segment_id)
    return (max(int(number.group(1)) - 1, 0) if number else 0, segment_id)
