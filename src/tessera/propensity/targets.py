"""What may be predicted: a name and a horizon. The label itself is SQL, declared in the project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from tessera.propensity.labelled import FEWEST_OF_A_CLASS

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Target:
    """One yes-or-no question about a customer's near future.

    Attributes
    ----------
    name
        ``<what>_<horizon>``, for example ``churn_30d``.
    horizon_days
        The label looks at ``[snapshot_at, snapshot_at + horizon_days)``.
    fewest_of_each_answer
        With fewer positives or negatives no model is fitted.
    """

    name: str
    horizon_days: int
    fewest_of_each_answer: int = FEWEST_OF_A_CLASS

    @property
    def label_column(self) -> str:
        """The training set's column: True, False, or NULL where there is no answer."""
        return f"label_{self.name}"

    @property
    def eligibility_column(self) -> str:
        """The scoring set's column: whether the question can be asked of the customer."""
        return f"is_eligible_{self.name}"

    @property
    def horizon(self) -> pd.Timedelta:
        """The horizon as a span of time."""
        return pd.Timedelta(days=self.horizon_days)


def load_targets(targets: pd.DataFrame) -> list[Target]:
    """Read the relation ``prediction_targets`` (a row per target), ordered by name.

    Without a column ``fewest_of_each_answer`` every target asks for the usual number.

    Raises
    ------
    ValueError
        A target stands there twice, or its horizon is not a positive number of days.
    """
    if "fewest_of_each_answer" not in targets:
        targets = targets.assign(fewest_of_each_answer=FEWEST_OF_A_CLASS)
    columns = (targets[name] for name in ("target", "horizon_days", "fewest_of_each_answer"))
    declared = [
        Target(str(name), int(days), int(fewest))
        for name, days, fewest in zip(*columns, strict=True)
    ]
    _refuse([t.name for t in declared if t.horizon_days <= 0], "a horizon of no days")
    names = [target.name for target in declared]
    _refuse([name for name in set(names) if names.count(name) > 1], "more than one declaration")
    return sorted(declared, key=lambda target: target.name)


def _refuse(names: Iterable[str], fault: str) -> None:
    if sinners := sorted(names):
        raise ValueError(f"prediction_targets: {fault} for {sinners}")
