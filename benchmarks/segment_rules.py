"""Rules of moving between segments, the declared one and those that it was held against."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np

from benchmarks.segment_panels import NOBODY
from tessera.segmentation.over_time.damping import DECLARED, UNDAMPED, Damping, clearness

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.segment_panels import Flags, Floats, Panel, Places


class Rule(Protocol):
    """Tells who moves to where she is nearest."""

    def moves(self, own: Places, nearest: Places, whole: Floats, recent: Floats) -> Flags:
        """Look at one month: where everybody is, and how clearly she would be elsewhere."""


@dataclass(frozen=True)
class Clear:
    """A rule that looks at one month alone: :class:`Damping`."""

    damping: Damping

    def moves(self, own: Places, nearest: Places, whole: Floats, recent: Floats) -> Flags:
        """See :class:`Rule`."""
        told: Flags = (own != nearest) & self.damping.moves(whole, recent)
        return told


@dataclass
class Patient:
    """Moves who was nearest to the same other segment so many months running, or is clear.

    Attributes
    ----------
    months
        This month included.
    damping
        Who moves at once.
    """

    months: int
    damping: Damping
    _rival: Places | None = field(default=None, repr=False)
    _running: Places | None = field(default=None, repr=False)

    def moves(self, own: Places, nearest: Places, whole: Floats, recent: Floats) -> Flags:
        """See :class:`Rule`."""
        rival = np.full(len(own), NOBODY) if self._rival is None else self._rival
        running = np.zeros(len(own), np.int64) if self._running is None else self._running
        running = np.where(nearest == own, 0, np.where(nearest == rival, running + 1, 1))
        told: Flags = (own != nearest) & (
            (running >= self.months) | self.damping.moves(whole, recent)
        )
        self._rival, self._running = nearest, np.where(told, 0, running)
        return told


NEVER = Damping(recent_weight=0.0, clearness=10.0)


def hysteresis(clear: float) -> Damping:
    """Return the rule that looks at the whole window alone."""
    return Damping(recent_weight=0.0, clearness=clear)


RULES: dict[str, Callable[[], Rule]] = {
    "frozen only": lambda: Clear(UNDAMPED),
    "hysteresis .3": lambda: Clear(hysteresis(0.3)),
    "hysteresis .45": lambda: Clear(hysteresis(0.45)),
    "two confirmations": lambda: Patient(2, NEVER),
    "three confirmations": lambda: Patient(3, NEVER),
    "hysteresis .3, expiry 3": lambda: Patient(3, hysteresis(0.3)),
    "hysteresis .45, expiry 3": lambda: Patient(3, hysteresis(0.45)),
    "recent alone .6": lambda: Clear(Damping(recent_weight=1.0, clearness=0.6)),
    "recent alone .9": lambda: Clear(Damping(recent_weight=1.0, clearness=0.9)),
    "average .4": lambda: Clear(Damping(clearness=0.4)),
    "average .62": lambda: Clear(DECLARED),
    "average .62, expiry 3": lambda: Patient(3, DECLARED),
}
"""In the order of the table; clearness in units of the typical member. Average: of the whole
window and the recent one, the form that builds use."""

MEAN_OF = 3
"""Months whose mean is tried as a slower position."""


def follow_rule(panel: Panel, rule: Rule) -> Places:
    """Return where everybody is under a rule, shape (months, customers)."""
    everybody = np.arange(len(panel.customer_ids))
    own = np.full(len(everybody), NOBODY)
    told = np.full(panel.is_there.shape, NOBODY)
    for month, nearest in enumerate(panel.nearest):
        is_there = panel.is_there[month]
        own = np.where((own == NOBODY) & is_there, nearest, own)
        a, b = np.maximum(own, 0), np.maximum(nearest, 0)
        whole, recent = (
            clearness(np.nan_to_num(apart[month]), b, a, panel.typical)
            for apart in (panel.apart, panel.recent)
        )
        moves = is_there & rule.moves(a, b, whole, recent) & (own != NOBODY)
        own = np.where(moves, nearest, own)
        told[month] = np.where(is_there, own, NOBODY)
    return told


def follow_mean(panel: Panel) -> Places:
    """Return the segment nearest to the mean distance over the last months."""
    told = np.full(panel.is_there.shape, NOBODY)
    for month in range(len(panel.months)):
        window = panel.apart[max(0, month - MEAN_OF + 1) : month + 1]
        mean = np.nansum(window, axis=0) / np.maximum((~np.isnan(window)).sum(axis=0), 1)
        told[month] = np.where(panel.is_there[month], mean.argmin(axis=1), NOBODY)
    return told
