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
        Share of customers that may move in a month, the mean over half a year.
    most_clearness
        What is asked of a move at most, however restless the shop: beyond it more than one
        customer in seven would be kept where she is not nearest.
    """

    most_change: float = 0.08
    most_clearness: float = 0.65

    def __post_init__(self) -> None:
        """Refuse settings that mean nothing.

        Raises
        ------
        SegmentationError
            A share outside 0 to 1, or a clearness outside 0 to 10.
        """
        if not 0.0 < self.most_change <= 1.0:
            raise SegmentationError(f"calm: most_change is {self.most_change}; expected 0 to 1")
        Damping(clearness=self.most_clearness)


CALM = Calm()
"""What every reign is to keep."""

HALVINGS = 6
"""The clearness is then found to a hundredth."""


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
        None at all for a shop that is calm without; the most that is allowed where even that is
        not calm enough; the declared rule where there are no two months to look at.
    """
    enough, too_little = calm.most_clearness, 0.0
    change = _change(past, reign, too_little)
    if np.isnan(change):
        return DECLARED
    if change <= calm.most_change:
        return replace(DECLARED, clearness=too_little)
    for _ in range(HALVINGS):
        middle = (enough + too_little) / 2
        if _change(past, reign, middle) <= calm.most_change:
            enough = middle
        else:
            too_little = middle
    return replace(DECLARED, clearness=round(enough, 4))


def _change(past: Sequence[Placed], reign: Reign, clearness: float) -> float:
    damped = replace(reign, damping=replace(DECLARED, clearness=clearness))
    return measure_calm(rehearse(past, damped))[0].value
