"""The threshold: how likely a pair must be to become a link, chosen on estimated precision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

TARGET_PRECISION = 0.98
"""Share of the linked pairs that must be one person's, by the model's own account. Links that
bridge groups are refused afterwards (see ``grouping``), which takes most of the wrong ones out."""

THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
"""Candidates. Below a half a link would be more likely wrong than right."""


@dataclass(frozen=True)
class Estimate:
    """What a threshold promises: pairs of contacts at and above it, and their mean probability."""

    threshold: float
    pairs: int
    precision: float


def estimate_precision(bench: duckdb.DuckDBPyConnection) -> list[Estimate]:
    """Return an estimate per threshold from the table ``scored``.

    The model's probabilities are taken at their word. They assume that comparisons err
    independently; where people move and marry at once, or twins share all but a first name, they
    promise too much.
    """
    rows = bench.execute(
        "select match_probability, count(*) from "
        "(select max(match_probability) as match_probability from scored "
        "group by identifier_id_a, identifier_id_b) group by all order by all"
    ).fetchall()
    return [_estimate(threshold, rows) for threshold in THRESHOLDS]


def choose_threshold(estimates: Sequence[Estimate], target: float = TARGET_PRECISION) -> Estimate:
    """Return the lowest threshold that reaches the target, or the highest when none does.

    Examples
    --------
    >>> choose_threshold([Estimate(0.5, 9, 0.95), Estimate(0.9, 5, 0.99)]).threshold
    0.9
    """
    reached = [each for each in estimates if each.pairs and each.precision >= target]
    return reached[0] if reached else estimates[-1]


def _estimate(threshold: float, rows: Sequence[tuple[float, int]]) -> Estimate:
    above = [(probability, pairs) for probability, pairs in rows if probability >= threshold]
    pairs = sum(count for _, count in above)
    # in the order of the probabilities, so that the sum is the same each time
    matches = sum(probability * count for probability, count in above)
    return Estimate(threshold, pairs, matches / pairs if pairs else 0.0)
