"""From a customer's features to a point: numbers, levels and words side by side, all stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tessera.features import require_features
from tessera.segmentation.levels import Levels, fit_levels
from tessera.segmentation.numbers import CLIP, Numbers, fit_numbers
from tessera.segmentation.reduction import COMPONENTS, Reduction, fit_reduction
from tessera.segmentation.words import Words, fit_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tessera.segmentation.features import SegmentFeature

    Floats = NDArray[np.float64]

__all__ = ["CLIP", "Scaling", "fit_scaling"]


@dataclass(frozen=True)
class Scaling:
    """How features become points.

    Attributes
    ----------
    numbers
        The numeric features.
    levels, words
        One per categorical and per text feature.
    reduction
        What the columns are reduced by; None leaves them.
    """

    numbers: Numbers
    levels: tuple[Levels, ...] = ()
    words: tuple[Words, ...] = ()
    reduction: Reduction | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return the numeric features, as :meth:`filled` has them."""
        return self.numbers.names

    @property
    def fills(self) -> Floats:
        """Return what stands for NULL in each of :attr:`names`."""
        return self.numbers.fills

    @property
    def columns(self) -> tuple[str, ...]:
        """Return what each column of :meth:`readable` is: a feature, a level, a subject."""
        parts: list[Levels | Words] = [*self.levels, *self.words]
        return (*self.names, *(column for part in parts for column in part.columns))

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Return what each dimension of :meth:`points` is."""
        return self.columns if self.reduction is None else self.reduction.names(self.columns)

    def points(self, frame: pd.DataFrame) -> Floats:
        """Return a point per row of ``frame``, shape (rows, dimensions)."""
        parts = self._parts(frame)
        points = np.hstack([self.numbers.points(frame), *(part.points(frame) for part in parts)])
        return points if self.reduction is None else self.reduction.apply(points)

    def filled(self, frame: pd.DataFrame) -> Floats:
        """Return the numeric features in their own units, NULL replaced."""
        return self.numbers.filled(frame)

    def readable(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return what a person could read of each row, named by :attr:`columns`."""
        self._parts(frame)
        told = [self.filled(frame)]
        told += [levels.indicators(frame) for levels in self.levels]
        told += [words.strengths(frame) for words in self.words]
        return pd.DataFrame(np.hstack(told), columns=list(self.columns), index=frame.index)

    def as_plain(self) -> dict[str, Any]:
        """Return lists and numbers only, ready for JSON."""
        return {
            "numbers": self.numbers.as_plain(),
            "levels": [levels.as_plain() for levels in self.levels],
            "words": [words.as_plain() for words in self.words],
            "reduction": None if self.reduction is None else self.reduction.as_plain(),
        }

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Scaling:
        """Read what :meth:`as_plain` wrote."""
        reduction = plain["reduction"]
        return cls(
            numbers=Numbers.from_plain(plain["numbers"]),
            levels=tuple(Levels.from_plain(levels) for levels in plain["levels"]),
            words=tuple(Words.from_plain(words) for words in plain["words"]),
            reduction=None if reduction is None else Reduction.from_plain(reduction),
        )

    def _parts(self, frame: pd.DataFrame) -> list[Levels | Words]:
        parts: list[Levels | Words] = [*self.levels, *self.words]
        require_features(frame, [part.name for part in parts])
        return parts


def fit_scaling(
    frame: pd.DataFrame, features: Sequence[SegmentFeature], components: int = COMPONENTS
) -> Scaling:
    """Learn from the rows of ``frame`` how ``features`` become points.

    A text feature in which no word is shared by enough customers adds no dimension.
    """
    of_kind = {
        kind: [feature for feature in features if feature.kind == kind]
        for kind in ("numeric", "categorical", "text")
    }
    words = [fit_words(frame, feature) for feature in of_kind["text"]]
    scaling = Scaling(
        numbers=fit_numbers(frame, of_kind["numeric"]),
        levels=tuple(fit_levels(frame, feature) for feature in of_kind["categorical"]),
        words=tuple(subject for subject in words if subject is not None),
    )
    reduction = fit_reduction(scaling.points(frame), components) if components else None
    return Scaling(scaling.numbers, scaling.levels, scaling.words, reduction)
