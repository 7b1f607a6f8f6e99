"""By which cookies visits are known: set on each device, lost again, and set anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.web.devices import APP, DESKTOP, DEVICES, MOBILE, TABLET

if TYPE_CHECKING:
    from numpy.typing import NDArray

KINDS = ("person", "bot", "kiosk")
OF_PERSON, OF_BOT, OF_KIOSK = range(3)
"""To whom a cookie belongs."""

CLEARED_AFTER_DAYS = {DESKTOP: 200.0, MOBILE: 240.0, TABLET: 365.0, APP: 900.0}
"""Mean time until somebody clears the cookies of a device, or gets a new one."""

LONGEST_DAYS = 395.0
"""A cookie ends after thirteen months, however often it is seen."""

FORGETFUL_SHARE = 0.35
FORGETFUL_DAYS = 7.0
"""Some phones' browsers forget a cookie that was not seen for a week."""

DAY = 86_400_000
"""In milliseconds."""


@dataclass(frozen=True)
class Cookies:
    """Cookies, or installations of the app, as a struct of arrays, shape (cookies,) each.

    Attributes
    ----------
    kind
        Index of ``KINDS``.
    person
        Whose it is, an index into the people; -1 for nobody's.
    device
        Index of ``DEVICES``.
    valid_from, valid_to
        From its first event until the next cookie of the device is set, half-open, milliseconds
        since midnight of the first day shown; the end of what is shown if there is none.
    """

    kind: NDArray[np.int8]
    person: NDArray[np.int64]
    device: NDArray[np.int8]
    valid_from: NDArray[np.int64]
    valid_to: NDArray[np.int64]

    def __len__(self) -> int:
        """Count the cookies."""
        return len(self.person)

    def followed_by(self, others: Cookies) -> Cookies:
        """Return these and other cookies."""
        return Cookies(
            np.concatenate([self.kind, others.kind]),
            np.concatenate([self.person, others.person]),
            np.concatenate([self.device, others.device]),
            np.concatenate([self.valid_from, others.valid_from]),
            np.concatenate([self.valid_to, others.valid_to]),
        )


@dataclass(frozen=True)
class Spans:
    """Who is where from when to when: what cookies are drawn from, shape (visits,) each.

    Attributes
    ----------
    person, device
        As of the visits.
    start, end
        First and last step, milliseconds since midnight of the first day shown.
    """

    person: NDArray[np.int64]
    device: NDArray[np.int8]
    start: NDArray[np.int64]
    end: NDArray[np.int64]

    def sorted_by(self, order: NDArray[np.int64]) -> Spans:
        """Return the visits in another order."""
        return Spans(self.person[order], self.device[order], self.start[order], self.end[order])


def draw_cookies(
    rng: np.random.Generator, spans: Spans, people: int, end: int
) -> tuple[Cookies, NDArray[np.int64]]:
    """Draw the cookies of visits until ``end``; also return that of each visit, (visits,)."""
    chain = spans.person * len(DEVICES) + spans.device
    order = np.lexsort((spans.start, chain))
    spans, chain = spans.sorted_by(order), chain[order]
    is_first = np.diff(chain, prepend=-1) != 0
    forgets = rng.random(people) < FORGETFUL_SHARE
    is_new = is_first | _are_lost(rng, spans, forgets[spans.person])
    is_new |= _are_expired(spans, is_new)
    cookie = np.empty(len(order), np.int64)
    cookie[order] = np.cumsum(is_new) - 1
    return _from_spans(spans, is_first, is_new, end), cookie


def _from_spans(
    spans: Spans, is_first: NDArray[np.bool_], is_new: NDArray[np.bool_], end: int
) -> Cookies:
    """Return a cookie for each visit that sets one; visits are sorted by device and time."""
    begins = np.flatnonzero(is_new)
    starts = spans.start[begins]
    is_last = np.append(is_first[begins], [True])[1:]
    following = np.where(is_last, end, np.append(starts, end)[1:])
    seen = np.array([]) if not len(begins) else np.maximum.reduceat(spans.end, begins)
    return Cookies(
        np.full(len(begins), OF_PERSON, np.int8),
        spans.person[begins],
        spans.device[begins],
        starts,
        np.maximum(following, seen.astype(np.int64) + 1),
    )


def _are_lost(
    rng: np.random.Generator, spans: Spans, forgets: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Draw whether the cookie of the visit before is gone, shape (visits,)."""
    gap = np.diff(spans.start, prepend=0) / DAY
    clearing = np.array([CLEARED_AFTER_DAYS[each] for each in range(len(CLEARED_AFTER_DAYS))])
    is_cleared = rng.random(len(gap)) > np.exp(-np.maximum(gap, 0) / clearing[spans.device])
    is_forgotten = (spans.device == MOBILE) & forgets & (gap > FORGETFUL_DAYS)
    return np.asarray(is_cleared | is_forgotten)


def _are_expired(spans: Spans, is_new: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the first visit after each thirteen months of a cookie; the app's id stays."""
    begins = np.flatnonzero(is_new)
    set_at = spans.start[begins][np.cumsum(is_new) - 1]
    age = np.floor((spans.start - set_at) / (LONGEST_DAYS * DAY))
    return np.asarray((spans.device != APP) & ~is_new & (np.diff(age, prepend=0) > 0))
