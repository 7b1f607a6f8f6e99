"""Damping: a customer changes her segment when it is clear, not when it is close.

How clear is counted in a unit that means the same for every pair of segments and every algorithm:
1 is how clearly the typical member of the one belongs to it rather than to the other.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tessera.segmentation.features import SegmentationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

LEAST = 1e-9
"""What stands for the typical clearness of a segment whose members lie on the border."""


@dataclass(frozen=True)
class Damping:
    """When a customer who is nearer to another segment moves there.

    How clearly she belongs there, and how clearly her recent twin does, are averaged: a lead that
    comes of what fell out of the window is halved, one that the last weeks confirm counts whole.
    Held against hysteresis, confirmations, expiry and means of months on Complete Journey and the
    simulated shop: docs/segments.md has the table.

    Attributes
    ----------
    recent_days
        Length of the recent window.
    recent_weight
        Weight of the recent twin in the average, 0 to 1; 0 is plain hysteresis.
    clearness
        She moves when the average is at least this; 0 moves everybody.
    """

    recent_days: int = 90
    recent_weight: float = 0.5
    clearness: float = 0.62

    def __post_init__(self) -> None:
        """Refuse settings that mean nothing.

        Raises
        ------
        SegmentationError
            Days below 1, a weight outside 0 to 1, or a clearness outside 0 to 10.
        """
        if self.recent_days < 1:
            raise SegmentationError(
                f"damping: recent_days is {self.recent_days}; expected 1 day or more"
            )
        for name, most in (("recent_weight", 1.0), ("clearness", 10.0)):
            value = getattr(self, name)
            if not 0.0 <= value <= most:
                raise SegmentationError(f"damping: {name} is {value}; expected 0 to {most:g}")

    def as_plain(self) -> dict[str, Any]:
        """Return numbers only, ready for JSON."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Damping:
        """Read what :meth:`as_plain` wrote."""
        return cls(**plain)

    def moves(self, whole: Floats, recent: Floats) -> NDArray[np.bool_]:
        """Tell who moves, from how clearly she and her recent twin belong to the nearer segment.

        >>> Damping(90, 0.5, 0.6).moves(np.array([0.7, 0.7, 0.1]), np.array([0.6, 0.1, 1.2]))
        array([ True, False,  True])
        """
        average = (1.0 - self.recent_weight) * whole + self.recent_weight * recent
        return average >= self.clearness


DECLARED = Damping()
"""The rule of a reign that has no past to fit it to; :mod:`fitted_damping` fits the clearness."""

UNDAMPED = Damping(recent_weight=0.0, clearness=0.0)
"""Everybody is where she is nearest."""


def typical_clearness(apart: Floats) -> Floats:
    """Return how much farther the median member of each segment is from each other one.

    Parameters
    ----------
    apart
        Distances of the customers of the fit, shape (customers, segments).

    Returns
    -------
    Floats
        Shape (segments, segments): entry (own, other). Above 0; 1 on the diagonal. A segment that
        nobody is nearest to borrows the median of all others.

    Examples
    --------
    >>> typical_clearness(np.array([[0.0, 4.0], [1.0, 3.0], [0.0, 3.0], [5.0, 1.0]])).tolist()
    [[1.0, 3.0], [4.0, 1.0]]
    """
    segments = apart.shape[1]
    nearest = apart.argmin(axis=1)
    typical = np.full((segments, segments), np.nan)
    for own in np.unique(nearest):
        members = apart[nearest == own]
        typical[own] = np.median(members - members[:, [own]], axis=0)
    np.fill_diagonal(typical, np.nan)
    known = typical[~np.isnan(typical)]
    filled = np.where(np.isnan(typical), np.median(known) if len(known) else 1.0, typical)
    np.fill_diagonal(filled, 1.0)
    return np.maximum(filled, LEAST)


def clearness(apart: Floats, own: Places, other: Places, typical: Floats) -> Floats:
    """Return how clearly each row belongs to ``own`` rather than to ``other``; 0 on the border.

    >>> clearness(np.array([[1.0, 3.0], [3.0, 1.0]]), np.array([0, 0]), np.array([1, 1]),
    ...           np.full((2, 2), 4.0)).tolist()
    [0.5, -0.5]
    """
    rows = np.arange(len(apart))
    lead: Floats = (apart[rows, other] - apart[rows, own]) / typical[own, other]
    return lead


def least_clearness(apart: Floats, own: Places, typical: Floats) -> Floats:
    """Return how clearly each row belongs to ``own`` against the strongest rival; 1 without one."""
    segments = apart.shape[1]
    if segments == 1:
        return np.ones(len(apart))
    rows = np.arange(len(apart))
    lead = (apart - apart[rows, own][:, None]) / typical[own]
    lead[rows, own] = np.inf
    least: Floats = lead.min(axis=1)
    return least
