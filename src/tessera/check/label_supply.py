"""How many answers the history holds for each prediction target, and whether they are enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tessera.check.finding import Finding, Severity
from tessera.propensity.labelled import FEW_OF_A_CLASS, FEWEST_OF_A_CLASS, label_grade

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True)
class Supply:
    """The answers to one target at past snapshots whose horizon has closed.

    Attributes
    ----------
    target
        Name of the target.
    horizon_days
        How far its label looks.
    yes, no
        Rows, one per customer and snapshot, by answer.
    people_yes, people_no
        Different customers who gave the answer at least once.
    snapshots
        Different snapshots with an answer.
    """

    target: str
    horizon_days: int
    yes: int = 0
    no: int = 0
    people_yes: int = 0
    people_no: int = 0
    snapshots: int = 0

    @property
    def grade(self) -> str:
        """``refuse``, ``small_sample`` or ``full``, as training grades it."""
        return label_grade(self.yes, self.no)


def supply_findings(supplies: Sequence[Supply]) -> Iterator[Finding]:
    """Yield the targets that cannot be learnt, or not well."""
    for supply in supplies:
        if supply.grade == "refuse":
            yield Finding(Severity.WARNING, supply.target, _refused(supply), _advice(supply))
        elif supply.grade == "small_sample":
            what = f"fewer than {FEW_OF_A_CLASS} of one answer: predicted, with wide intervals"
            yield Finding(Severity.NOTE, supply.target, what, "A longer history narrows them.")


def _refused(supply: Supply) -> str:
    if not supply.snapshots:
        return (
            f"will not be predicted: nobody could be asked at a month start that lies "
            f"{supply.horizon_days} days back"
        )
    return (
        f"will not be predicted: {supply.yes:,} yes and {supply.no:,} no, and a model needs "
        f"{FEWEST_OF_A_CLASS} of each"
    )


def _advice(supply: Supply) -> str:
    if min(supply.yes, supply.no) == 0 and supply.yes + supply.no >= FEWEST_OF_A_CLASS:
        return "Everybody gives the same answer: is the history whole? Else declare another target."
    return "Bring a longer history, or the orders of more customers."
