"""Patterns: how many pairs are alike in which way. All that training needs to know of the records.

Counts are whole numbers and come sorted, so that what is computed from them is the same to the last
bit on any number of threads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb
    from numpy.typing import NDArray

    from tessera.identity.linkage.comparisons import Comparison
    from tessera.identity.linkage.parameters import Parameters

    Floats = NDArray[np.float64]

SILENT = -1
"""The level of a comparison that has nothing to compare."""


@dataclass(frozen=True)
class Patterns:
    """Distinct patterns of levels among pairs of records.

    Attributes
    ----------
    comparisons
        What was compared: a column of ``levels`` each.
    levels
        A row per pattern: the place of the level in its comparison, from 0, the most alike;
        ``SILENT`` where there is nothing to compare.
    counts
        Pairs that show the pattern.
    """

    comparisons: Sequence[Comparison]
    levels: NDArray[np.int64]
    counts: Floats


def count_patterns(
    bench: duckdb.DuckDBPyConnection,
    table: str,
    comparisons: Sequence[Comparison],
    condition: str = "true",
) -> Patterns:
    """Count the patterns among the pairs of ``table`` that fulfil ``condition`` (on l and r)."""
    columns = [name for (name, *_) in bench.execute(f"describe {table}").fetchall()]
    sides = ", ".join(f"{side}.{name} as {name}_{side}" for side in "lr" for name in columns)
    levels = ", ".join(f"{_level(each)} as level_{each.name}" for each in comparisons)
    rows = bench.execute(
        f"select {levels}, count(*) "  # noqa: S608 - our own names
        f"from (select {sides} from {table} as l inner join {table} as r "
        f"on l.record_number < r.record_number and l.identifier_id <> r.identifier_id "
        f"and {condition}) group by all order by all"
    ).fetchall()
    found = np.array(rows, dtype=np.int64).reshape(len(rows), len(comparisons) + 1)
    return Patterns(comparisons, found[:, :-1], found[:, -1].astype(np.float64))


def counts_by_level(patterns: Patterns, counts: Floats) -> dict[str, Floats]:
    """Return ``counts`` (a number per pattern) summed per level of each comparison."""
    sums: dict[str, Floats] = {}
    for place, each in enumerate(patterns.comparisons):
        levels, most = patterns.levels[:, place] + 1, len(each.levels) + 2
        sums[each.name] = np.bincount(levels, weights=counts, minlength=most)[1:].astype(np.float64)
    return sums


def log_ratios(patterns: Patterns, parameters: Parameters) -> Floats:
    """Return the evidence of each pattern: the logarithm of how much likelier one person is."""
    total = np.zeros(len(patterns.counts))
    for place, each in enumerate(patterns.comparisons):
        ratios = np.log(parameters.m[each.name]) - np.log(parameters.u[each.name])
        # the last entry, 0, is what SILENT (-1) finds
        total += np.append(ratios, 0.0)[patterns.levels[:, place]]
    return total


def probabilities(evidence: Floats, prior: float) -> Floats:
    """Return the probability that a pair is one person's, given its evidence."""
    odds = np.log(prior / (1 - prior)) + evidence
    shares: Floats = 1 / (1 + np.exp(-odds))
    return shares


def _level(comparison: Comparison) -> str:
    cases = [f"when {comparison.silent} then {SILENT}"]
    cases += [
        f"when {level.condition} then {place}" for place, level in enumerate(comparison.levels)
    ]
    return f"case {' '.join(cases)} else {len(comparison.levels)} end"
