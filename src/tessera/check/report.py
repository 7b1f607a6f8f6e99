"""Everything a check found out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tessera.check.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tessera.check.emptiness import AbsentFeed, EmptyFamily
    from tessera.check.facts import FeedFacts, References
    from tessera.check.label_supply import Supply
    from tessera.check.vendor_facts import ConnectorFacts


@dataclass(frozen=True, kw_only=True)
class Learning:
    """What the second step of a check adds: it computes the features, and counts the answers.

    Attributes
    ----------
    supplies
        The answers to each target.
    families
        Feature families of which something says nothing.
    """

    supplies: Sequence[Supply]
    families: Sequence[EmptyFamily]


@dataclass(frozen=True, kw_only=True)
class CheckReport:
    """What a check found out.

    Attributes
    ----------
    folder
        The feeds folder, as the person named it.
    feeds
        Every feed that the project reads.
    connectors
        Every connector that is switched on.
    findings
        What the person should know, the gravest first.
    absent
        Feeds without rows, and what stands on them.
    references
        How customers are named.
    learning
        None when the check did not come so far.
    tables
        Published tables that will have no row, and why.
    """

    folder: str
    feeds: Sequence[FeedFacts]
    findings: Sequence[Finding]
    connectors: Sequence[ConnectorFacts] = ()
    absent: Sequence[AbsentFeed] = ()
    references: Sequence[References] = ()
    learning: Learning | None = None
    tables: Mapping[str, str] = field(default_factory=dict)

    def count(self, severity: Severity) -> int:
        """Count the findings of one severity."""
        return sum(finding.severity == severity for finding in self.findings)

    @property
    def can_be_built(self) -> bool:
        """Nothing was found that would stop a build."""
        return not self.count(Severity.STOPS)
