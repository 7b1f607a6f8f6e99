"""A finding: one thing a person should know before a build, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """How much a finding matters; the lower, the sooner it is read."""

    STOPS = 0
    """The build would stop."""
    WARNING = 1
    """The build would go through, and its result would suffer."""
    NOTE = 2
    """Worth knowing; nothing has to be done."""


@dataclass(frozen=True, order=True)
class Finding:
    """One thing a person should know.

    Attributes
    ----------
    severity
        How much it matters.
    subject
        What it is about: a feed, a gate, a target.
    what
        What was found, without any value that names a person.
    advice
        What to do; empty when the words of ``what`` say it.
    """

    severity: Severity
    subject: str
    what: str
    advice: str = ""


def counted(count: int, noun: str) -> str:
    """Say how many.

    Examples
    --------
    >>> counted(1, "row"), counted(1200, "row")
    ('1 row', '1,200 rows')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def share_in_words(part: int, whole: int) -> str:
    """Say a share so that few is never none and many is never all.

    Examples
    --------
    >>> [share_in_words(part, 1000) for part in (0, 1, 25, 999, 1000)]
    ['0 %', 'under 1 %', '2 %', 'over 99 %', '100 %']
    """
    if part in {0, whole}:
        return "100 %" if part else "0 %"
    percent = 100 * part / whole
    if percent < 1:
        return "under 1 %"
    return "over 99 %" if percent > 99 else f"{percent:.0f} %"  # noqa: PLR2004 - per cent
