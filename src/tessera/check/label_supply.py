"""How many answers the history holds for each prediction target, and whether they are enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tessera.check.finding import Finding, Severity
from tessera.propensity.labelled import FEWEST_OF_A_CLASS, label_grade

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
    fewest
        The fewest of either answer that a model is fitted on.
    reason
        Why the supply has its grade, in the words of the table ``label_supply``.
    """

    target: str
    horizon_days: int
    yes: int = 0
    no: int = 0
    people_yes: int = 0
    people_no: int = 0
    snapshots: int = 0
    fewest: int = FEWEST_OF_A_CLASS
    reason: str = ""

    @property
    def grade(self) -> str:
        """``refuse``, ``small_sample`` or ``full``, as training grades it."""
        return label_grade(self.yes, self.no, self.fewest)


def supply_findings(supplies: Sequence[Supply]) -> Iterator[Finding]:
    """Yield the targets that cannot be learnt, or not well."""
    for supply in supplies:
        if supply.grade == "refuse":
            yield Finding(Severity.WARNING, supply.target, supply.reason, _advice(supply))
        elif supply.grade == "small_sample":
            advice = "A longer history narrows them."
            yield Finding(Severity.NOTE, supply.target, supply.reason, advice)


def _advice(supply: Supply) -> str:
    if min(supply.yes, supply.no) == 0 and supply.yes + supply.no >= supply.fewest:
        return "Everybody gives the same answer: is the history whole? Else declare another target."
    return "Bring a longer history, or the facts of more customers."
