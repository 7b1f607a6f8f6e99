"""Where findings about queries are written down while queries are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlglot import exp

from tessera.features.lineage import OWN
from tessera.leaks.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_NAMED = 12
"""Features that a finding names; of the rest it says how many."""


@dataclass(frozen=True)
class Entry:
    """A broken rule, before it is known which features it reaches."""

    rule: str
    subject: str
    detail: str


@dataclass
class Book:
    """Findings by number: what comes from a finding is marked with its number."""

    entries: list[Entry] = field(default_factory=list)

    def write(self, rule: str, model: str, node: exp.Expr, detail: str) -> int:
        """Write down that ``node``, in the query of ``model``, breaks a rule; return its number."""
        where = place_of(node)
        subject = where if model == OWN and where else model
        inside = f", in {where}," if where and subject == model else ""
        entry = Entry(rule, subject, f"{subject}{inside} {detail}")
        if entry not in self.entries:
            self.entries.append(entry)
        return self.entries.index(entry)

    def findings(self, features: Mapping[int, list[str]]) -> list[Finding]:
        """Return the findings, given the features that each one reaches."""
        return [
            _finding(entry, features.get(number, [])) for number, entry in enumerate(self.entries)
        ]


def place_of(node: exp.Expr) -> str:
    """Return the name of the outermost CTE that a piece of a query stands in, or nothing."""
    place, around = "", node.find_ancestor(exp.CTE)
    while around is not None:
        place, around = around.alias, around.find_ancestor(exp.CTE)
    return place


def _finding(entry: Entry, reached: list[str]) -> Finding:
    feature = reached[0] if len(reached) == 1 else None
    return Finding(entry.rule, entry.subject, feature, entry.detail + _reach(reached))


def _reach(names: list[str]) -> str:
    if not names:
        return ""
    listed = ", ".join(names[:MOST_NAMED])
    rest = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f" It decides {listed}{rest}."
