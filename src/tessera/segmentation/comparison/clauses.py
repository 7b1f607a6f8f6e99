"""The segment contract as people write it: what is promised, and what a broken promise does."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

AT_LEAST = {
    "size": True,
    "filled": True,
    "coverage": True,
    "stability": True,
    "monthly_change": False,
    "separation": True,
    "freshness": False,
    "snapshot": False,
    "owner": True,
    "validity": True,
}
"""The clauses there are: whether the bound is a floor (or else a ceiling)."""

OF_NUMBERS = frozenset({"size", "stability", "monthly_change", "separation"})
"""Clauses that few customers break by chance."""

ENOUGH_CUSTOMERS = 100
"""Customers from which on 5 % of them are five people. In a smaller shop a broken clause of numbers
is a warning: chance alone makes segments of two."""

CRITICAL, WARNING = "critical", "warning"


class ContractError(ValueError):
    """The seed ``segment_contract`` cannot be read."""


@dataclass(frozen=True)
class Clause:
    """One promise: what is measured, its bound, and whether breaking it stops a release."""

    name: str
    severity: str
    bound: float

    def is_kept(self, value: float) -> bool | None:
        """Tell whether a value is within the bound; None for one that nobody knows.

        >>> Clause("monthly_change", "warning", 0.08).is_kept(0.08)
        True
        >>> Clause("size", "critical", 0.5).is_kept(0.49)
        False
        """
        if math.isnan(value):
            return None
        return value >= self.bound if AT_LEAST[self.name] else value <= self.bound

    def severity_for(self, customers: int) -> str:
        """Return how much it matters in a shop of so many customers."""
        is_chance = self.name in OF_NUMBERS and customers < ENOUGH_CUSTOMERS
        return WARNING if is_chance else self.severity


def read_contract(seed: pd.DataFrame) -> list[Clause]:
    """Validate the seed and return its clauses, in the order of name and severity.

    Raises
    ------
    ContractError
        A column is missing, a clause or a severity is unknown, a bound is no number, or a clause
        stands twice with one severity. The message names the row.
    """
    missing = [name for name in ("clause", "severity", "bound") if name not in seed.columns]
    if missing:
        raise ContractError(f"segment_contract has no column {missing}")
    clauses = [
        _clause({str(name): cell for name, cell in row.items()}, number)
        for number, row in enumerate(seed.to_dict("records"), start=1)
    ]
    named = [(clause.name, clause.severity) for clause in clauses]
    twice = sorted({key for key in named if named.count(key) > 1})
    if twice:
        raise ContractError(
            f"segment_contract has {twice} more than once: one bound per clause and severity"
        )
    return sorted(clauses, key=lambda clause: (clause.name, clause.severity))


def _clause(row: dict[str, Any], number: int) -> Clause:
    where = f"segment_contract, row {number}"
    if row["clause"] not in AT_LEAST:
        raise ContractError(
            f"{where}: clause is {row['clause']!r}; expected one of {sorted(AT_LEAST)}"
        )
    if row["severity"] not in (CRITICAL, WARNING):
        raise ContractError(
            f"{where}: severity is {row['severity']!r}; expected '{CRITICAL}', which stops a "
            f"release, or '{WARNING}'"
        )
    try:
        bound = float(row["bound"])
    except (TypeError, ValueError):
        bound = math.nan
    if not math.isfinite(bound):
        raise ContractError(f"{where}: bound is {row['bound']!r}; expected a number")
    return Clause(row["clause"], row["severity"], bound)
