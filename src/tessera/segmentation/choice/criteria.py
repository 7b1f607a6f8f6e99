"""What the choice of a segmentation weighs: the seed people edit.

``seeds/segment_choice.csv`` has a row per criterion: how much it counts, and (where a number
stands in ``least``) below what a candidate is not eligible.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera.segmentation.features import SegmentationError

if TYPE_CHECKING:
    from collections.abc import Mapping

SEED = "seeds/segment_choice.csv"
COLUMNS = ("criterion", "weight", "least", "reason")

WEAKNESSES = {
    "explained_amount_90d": "explains less of the next 90 days' spend",
    "explained_churn_90d": "explains less of who leaves in 90 days",
    "stability": "less stable",
    "readability": "harder to read",
    "separation": "less apart",
    "calm": "more restless",
    "handy_count": "not five to seven segments",
}
"""The criteria, and what is said of a candidate that has less of one. All lie in [0, 1]."""


@dataclass(frozen=True)
class Criterion:
    """One row of the seed."""

    name: str
    weight: float
    least: float | None


def read_criteria(seed: pd.DataFrame) -> tuple[Criterion, ...]:
    """Validate the seed and return its criteria, in order of their names.

    Parameters
    ----------
    seed
        ``segment_choice``: a row per criterion, every column a text as it stands in the file.

    Raises
    ------
    SegmentationError
        A column is missing, a criterion is not known or stands twice, a weight is not a number of
        at least 0, all weights are 0, or ``least`` is neither empty nor a number from 0 to 1.
    """
    missing = [name for name in COLUMNS if name not in seed.columns]
    if missing:
        raise SegmentationError(f"{SEED} lacks the column '{missing[0]}'; it has {list(COLUMNS)}")
    texts = seed[list(COLUMNS)].fillna("").astype(str).apply(lambda column: column.str.strip())
    found = [_criterion(row) for row in texts.to_dict("records")]
    names = [criterion.name for criterion in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SegmentationError(f"{SEED}: '{twice[0]}' stands more than once; keep one of the rows")
    if not sum(criterion.weight for criterion in found) > 0:
        raise SegmentationError(f"{SEED}: all weights are 0; the choice needs something to weigh")
    return tuple(sorted(found, key=lambda criterion: criterion.name))


def _criterion(row: Mapping[str, str]) -> Criterion:
    name = row["criterion"]
    if name not in WEAKNESSES:
        close = difflib.get_close_matches(name, list(WEAKNESSES), n=1)
        hint = f"did you mean '{close[0]}'?" if close else f"expected one of {sorted(WEAKNESSES)}"
        raise SegmentationError(f"{SEED}: unknown criterion '{name}'; {hint}")
    weight = _number(row["weight"])
    if not (np.isfinite(weight) and weight >= 0):
        raise SegmentationError(
            f"{SEED}: weight of '{name}' is '{row['weight']}'; expected a number of at least 0"
        )
    if not row["least"]:
        return Criterion(name, weight, None)
    least = _number(row["least"])
    if not 0 <= least <= 1:
        raise SegmentationError(
            f"{SEED}: least of '{name}' is '{row['least']}'; expected a number from 0 to 1, or "
            "nothing"
        )
    return Criterion(name, weight, least)


def _number(given: str) -> float:
    return float(pd.to_numeric(pd.Series([given]), errors="coerce").iloc[0])
