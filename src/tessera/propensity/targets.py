"""What may be predicted: a name and a horizon. The label itself is SQL, declared in the project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from tessera import registry
from tessera.propensity.algorithms.boosted_trees import MONOTONE
from tessera.propensity.algorithms.rules import FEATURE
from tessera.propensity.labelled import FEWEST_OF_A_CLASS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


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
    rule
        The feature that the target's own one-line rule reads; None: recency alone is the rival.
    rises_with, falls_with
        Features with which the probability of trees may only rise, or only fall.
    compared_with
        Features with which the label compares the outcome: they are a part of the question.
    """

    name: str
    horizon_days: int
    fewest_of_each_answer: int = FEWEST_OF_A_CLASS
    rule: str | None = None
    rises_with: tuple[str, ...] = ()
    falls_with: tuple[str, ...] = ()
    compared_with: tuple[str, ...] = ()

    @property
    def hints(self) -> dict[str, Any]:
        """What the target asks of the algorithms, by the name of the setting."""
        directions = {**dict.fromkeys(self.rises_with, 1), **dict.fromkeys(self.falls_with, -1)}
        asked = {MONOTONE: directions, FEATURE: self.rule}
        return {name: value for name, value in asked.items() if value}

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

    Columns beside name and horizon may be absent: every target then asks for what is usual.

    Raises
    ------
    ValueError
        A target stands there twice, or its horizon is not a positive number of days.
    """
    declared = [_declared(row) for row in registry.records(targets)]
    _refuse([t.name for t in declared if t.horizon_days <= 0], "a horizon of no days")
    names = [target.name for target in declared]
    _refuse([name for name in set(names) if names.count(name) > 1], "more than one declaration")
    return sorted(declared, key=lambda target: target.name)


def _declared(row: Mapping[str, Any]) -> Target:
    return Target(
        name=str(row["target"]),
        horizon_days=int(row["horizon_days"]),
        fewest_of_each_answer=int(row.get("fewest_of_each_answer", FEWEST_OF_A_CLASS)),
        rule=_text(row, "rule") or None,
        rises_with=tuple(_text(row, "rises_with").split()),
        falls_with=tuple(_text(row, "falls_with").split()),
        compared_with=tuple(_text(row, "compared_with").split()),
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    """Return a text; empty where the column is absent or NULL, which pandas may read as NaN."""
    value = row.get(name)
    return value if isinstance(value, str) else ""


def _refuse(names: Iterable[str], fault: str) -> None:
    if sinners := sorted(names):
        raise ValueError(f"prediction_targets: {fault} for {sinners}")
