"""As much damping as a shop needs, and no more: found at the beginning of a reign, then kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tessera.segmentation.features import SegmentationError
from tessera.segmentation.over_time.calm import measure_calm
from tessera.segmentation.over_time.damping import DECLARED, Damping
from tessera.segmentation.over_time.rehearsal import rehearse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tessera.segmentation.over_time.placing import Placed
    from tessera.segmentation.over_time.reigns import Reign


@dataclass(frozen=True)
class Calm:
    """How calm segments are to be.

    Attributes
    ----------
    most_change
        Share of customers that may move in a month, the mean over half a year. 8 % is promised;
        the rest is room for a restless season.
    most_clearness
        What is asked of a move at most, however restless the shop: beyond it more than one
        customer in seven would be kept where she is not nearest.
    steps
        How finely the clearness is looked for.
    """

    most_change: float = 0.075
    most_clearness: float = 0.65
    steps: int = 13

    def __post_init__(self) -> None:
        """Refuse settings that mean nothing.

        Raises
        ------
        SegmentationError
            A share outside 0 to 1, a clearness outside 0 to 10, or no step.
        """
        if not 0.0 < self.most_change <= 1.0:
            raise SegmentationError(f"calm: most_change is {self.most_change}; expected 0 to 1")
        if self.steps < 1:
            raise SegmentationError(f"calm: steps is {self.steps}; expected 1 or more")
        Damping(clearness=self.most_clearness)

    @property
    def clearnesses(self) -> list[float]:
        """Return what is tried, the least first; 0 is undamped.

        >>> Calm(most_clearness=0.5, steps=5).clearnesses
        [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]
        """
        tried = np.linspace(0.0, self.most_clearness, self.steps + 1)
        return [round(float(each), 6) for each in tried]


CALM = Calm()
"""What every reign is to keep."""


def fit_damping(past: Sequence[Placed], reign: Reign, calm: Calm = CALM) -> Damping:
    """Return the least damping with which the last months would have been calm enough.

    Parameters
    ----------
    past
        Month starts before the reign, placed by its model.
    reign
        The reign that begins, whatever its damping.
    calm
        What is to be kept.

    Returns
    -------
    Damping
        The most that is allowed where even that is not calm enough, and the declared rule where
        there are no two months to look at.
    """
    for clearness in calm.clearnesses:
        damping = replace(DECLARED, clearness=clearness)
        change = measure_calm(rehearse(past, replace(reign, damping=damping)))[0].value
        if np.isnan(change):
            return DECLARED
        if change <= calm.most_change:
            return damping
    return replace(DECLARED, clearness=calm.most_clearness)
