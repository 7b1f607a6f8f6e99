"""Separation: one value, level or NULL that settles the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import binom

from tessera.hashing import hashed_shares
from tessera.propensity.algorithms.rules import RECENCY_FEATURE
from tessera.propensity.leakage.finding import ModelLeak
from tessera.propensity.leakage.measures import people_per_row
from tessera.propensity.leakage.readings import rates_elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tessera.metrics import Floats
    from tessera.propensity.leakage.evidence import Evidence

PURE = 0.99
"""Share of one answer in a cell: people change their minds more often than once in a hundred."""
EXPECTED_AT_MOST = 0.85
"""What the one-line rule expects there. Above it is no news: nobody who has been away for two years
buys next month, and who renews by contract does."""
FEWEST_CUSTOMERS = 50
"""Customers in the cell: fewer may all answer alike by luck."""
LUCK = 1e-8
"""Chance of such purity under the rule; 403 features of 40 cells are 16,000 tries."""
SHARE_OF_ANSWER = 0.05
"""Share of all rows with that answer which the cell must hold to matter to a model."""


def settling_values(evidence: Evidence) -> Iterator[ModelLeak]:
    """Yield the features of which one cell settles what the one-line rule leaves open."""
    expected = _expected(evidence)
    for place, name in enumerate(evidence.measures.names):
        if name == RECENCY_FEATURE or name in evidence.target.compared_with:
            continue
        found = _purest(evidence, evidence.measures.codes[:, place], expected)
        if found is None:
            continue
        share, cell, answer = found
        value = _value_of(evidence, name, evidence.measures.codes[:, place] == cell)
        yield ModelLeak(
            "settled_by_a_value",
            name,
            observed=share,
            threshold=PURE,
            words=(
                f"where '{name}' is {value}, {share:.1%} of the answers are "
                f"{'yes' if answer else 'no'}, and nothing before the snapshot explains it. If it "
                "decides the answer, it belongs into the target's eligibility; else it was "
                "written down afterwards."
            ),
        )


def _expected(evidence: Evidence) -> Floats:
    """Return the share of positives that the one-line rule expects of each row."""
    rows, names = evidence.rows, evidence.measures.names
    if RECENCY_FEATURE not in names:
        return np.full(len(rows), rows.labels.mean())
    halves = hashed_shares(rows.customer_ids, "leak half") < 0.5  # noqa: PLR2004 - one half
    codes = evidence.measures.codes[:, names.index(RECENCY_FEATURE)]
    return rates_elsewhere(codes, rows.labels, halves)


def _purest(
    evidence: Evidence, codes: NDArray[np.int64], expected: Floats
) -> tuple[float, int, bool] | None:
    """Return purity, cell and answer of the purest cell that breaks the rule."""
    labels, people = evidence.rows.labels, people_per_row(evidence.rows)
    shift = codes + 1
    counts = np.bincount(shift)
    positives = np.bincount(shift, weights=labels)
    expecteds = np.bincount(shift, weights=expected)
    broken = []
    for answer, told, hoped in (
        (True, positives, expecteds),
        (False, counts - positives, counts - expecteds),
    ):
        whole = told.sum()
        for cell in np.flatnonzero(counts * people >= FEWEST_CUSTOMERS):
            share, rule = told[cell] / counts[cell], hoped[cell] / counts[cell]
            if share < PURE or rule > EXPECTED_AT_MOST or told[cell] < SHARE_OF_ANSWER * whole:
                continue
            customers = counts[cell] * people
            is_luck = binom.sf(share * customers - 1, customers, rule) > LUCK
            if not is_luck and not _was_so_before(evidence, shift == cell, answer=answer):
                broken.append((float(share), int(cell) - 1, answer))
    return max(broken, default=None)


def _was_so_before(evidence: Evidence, here: NDArray[np.bool_], *, answer: bool) -> bool:
    """Say whether the same customers had answered so one horizon earlier: a habit, no leak."""
    past = evidence.past_labels[here]
    known = past[~np.isnan(past)]
    share_alike = 0.9  # a habit that shows in nine of ten explains itself
    return bool(len(known) >= FEWEST_CUSTOMERS and (known == answer).mean() >= share_alike)


def _value_of(evidence: Evidence, name: str, here: NDArray[np.bool_]) -> str:
    values = evidence.rows.features[name][here].dropna()
    if not len(values):
        return "NULL"
    if values.dtype != np.float64:
        return "one level"  # a level may be a name: it is not repeated
    low, high = values.min(), values.max()
    return f"{low:g}" if low == high else f"in {low:g} to {high:g}"
