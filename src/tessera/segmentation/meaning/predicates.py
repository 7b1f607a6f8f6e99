"""Each segment as a short SQL rule that people can read, paste and question; and how true it is.

A rule is one path of a small decision tree: at most four conditions, joined by `and`. It retells
the segment, it does not define it; ``predicate_fidelity`` says how well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from sklearn.tree import DecisionTreeClassifier

from tessera.segmentation.features import SegmentationError
from tessera.segmentation.model import read_model
from tessera.segmentation.qualities import LEAF_CUSTOMERS, TREE_DEPTH
from tessera.segmentation.sampling import choose_customers, is_left_out
from tessera.segmentation.schemas import SEGMENT_PREDICATES_SCHEMA, empty_frame

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from tessera.runs import Run

    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]

PREDICATE_CUSTOMERS = 50_000
"""Customers that rules are fitted and measured on; F1 is then known to about .005."""

FIGURES = 3
"""Significant figures of a threshold: 1,230 reads better than 1234.5678 and selects the same."""

IDENTIFIER = re.compile(r"[a-z_][a-z0-9_]*")
"""What may stand in SQL without quotes; a feature named otherwise is refused, not escaped."""


@dataclass(frozen=True)
class Condition:
    """A feature (by its place) within bounds: at least or above ``low``, at most ``high``."""

    place: int
    low: float
    high: float
    is_whole: bool

    def holds(self, raw: Floats) -> Booleans:
        """Tell for each row whether the condition holds; exactly what its SQL does."""
        values = raw[:, self.place]
        above = values >= self.low if self.is_whole else values > self.low
        return np.asarray(above & (values <= self.high))

    def as_sql(self, expression: str) -> str:
        """Write the condition on an expression of SQL."""
        parts = []
        if np.isfinite(self.low):
            parts.append(f"{expression} {'>=' if self.is_whole else '>'} {_number(self.low)}")
        if np.isfinite(self.high):
            parts.append(f"{expression} <= {_number(self.high)}")
        return " and ".join(parts)


def fit_predicates(
    assignments: pd.DataFrame,
    features: pd.DataFrame,
    model_row: pd.Series[Any] | Mapping[str, Any],
    run: Run,
) -> pd.DataFrame:
    """Find for each segment the rule of at most four conditions that selects it best.

    Parameters
    ----------
    assignments
        A row per customer and snapshot, with ``segment_id`` by the model.
    features
        A row per customer and snapshot, with the model's features.
    model_row
        The row of ``segment_models``.
    run
        The build; its seed breaks ties in the tree.

    Returns
    -------
    DataFrame
        A row per segment that somebody is in, columns of ``SEGMENT_PREDICATES_SCHEMA``, ordered by
        segment. ``predicate_fidelity`` is F1 (the harmonic mean of the share of those selected who
        are in the segment, and of those in it who are selected) on the 30 % of customers left out
        of the fit (:func:`tessera.segmentation.sampling.is_left_out`); NULL when none of them is
        in the segment or selected. `true` is the rule when everybody is in one segment.

    Raises
    ------
    SegmentationError
        A feature's name cannot stand in SQL.
    """
    scaling = read_model(model_row).scaling
    _require_identifiers(scaling.names)
    keys = ["customer_id", "snapshot_at"]
    joined = features[[*keys, *scaling.names]].merge(assignments[[*keys, "segment_id"]], on=keys)
    chosen = choose_customers(joined, PREDICATE_CUSTOMERS)
    raw = scaling.filled(chosen)
    left_out = is_left_out(chosen["customer_id"])
    expressions = _expressions(features, scaling.names, scaling.fills)
    told = []
    for segment_id in sorted(chosen["segment_id"].unique()):
        inside = (chosen["segment_id"] == segment_id).to_numpy()
        rule = _best_rule(raw[~left_out], inside[~left_out], run.seed)
        fidelity = f1_share(_selects(rule, raw[left_out]), inside[left_out])
        sql = _as_sql(rule, expressions)
        told.append((model_row["model_id"], segment_id, sql, fidelity, run.run_id))
    if not told:
        return empty_frame(SEGMENT_PREDICATES_SCHEMA)
    return pd.DataFrame(told, columns=list(SEGMENT_PREDICATES_SCHEMA.names))


def f1_share(selected: Booleans, inside: Booleans) -> float:
    """Return F1 of a selection; NaN when nobody is selected and nobody is inside.

    >>> f1_share(np.array([True, True, False]), np.array([True, False, False])).round(2)
    np.float64(0.67)
    """
    of_either = selected.sum() + inside.sum()
    return 2.0 * (selected & inside).sum() / of_either if of_either else float("nan")


def _best_rule(raw: Floats, inside: Booleans, seed: int) -> tuple[Condition, ...]:
    """Return the path with the highest F1 where it is fitted; of equals the shortest."""
    if inside.all() or not inside.any() or not raw.shape[1]:
        return ()
    is_whole = [bool(np.all(column == np.floor(column))) for column in raw.T]
    rules = [
        rule
        for weight in (None, "balanced")
        for rule in _paths(_tree(raw, inside, weight, seed), is_whole)
    ]
    return max(rules, key=lambda rule: (f1_share(_selects(rule, raw), inside), -_length(rule)))


def _tree(raw: Floats, inside: Booleans, weight: str | None, seed: int) -> Any:
    return (
        DecisionTreeClassifier(
            max_depth=TREE_DEPTH,
            min_samples_leaf=LEAF_CUSTOMERS,
            class_weight=weight,
            random_state=seed,
        )
        .fit(raw, inside)
        .tree_
    )


def _paths(tree: Any, is_whole: list[bool]) -> Iterator[tuple[Condition, ...]]:
    """Yield the rule of every node: the root selects all, a leaf has up to four conditions."""
    waiting: list[tuple[int, dict[int, tuple[float, float]]]] = [(0, {})]
    while waiting:
        node, bounds = waiting.pop()
        yield tuple(Condition(place, *bounds[place], is_whole[place]) for place in sorted(bounds))
        if tree.children_left[node] < 0:
            continue
        place = int(tree.feature[node])
        low, high = bounds.get(place, (-np.inf, np.inf))
        below, above = _cuts(float(tree.threshold[node]), whole=is_whole[place])
        smaller = {**bounds, place: (low, min(high, below))}
        larger = {**bounds, place: (max(low, above), high)}
        waiting.append((int(tree.children_right[node]), larger))
        waiting.append((int(tree.children_left[node]), smaller))


def _cuts(threshold: float, *, whole: bool) -> tuple[float, float]:
    """Return the highest value of the smaller side, and the bound of the larger side."""
    if whole:
        return float(np.floor(threshold)), float(np.floor(threshold)) + 1.0
    rounded = float(f"{threshold:.{FIGURES}g}")
    return rounded, rounded


def _selects(rule: tuple[Condition, ...], raw: Floats) -> Booleans:
    selected = np.ones(len(raw), dtype=np.bool_)
    for condition in rule:
        selected &= condition.holds(raw)
    return selected


def _length(rule: tuple[Condition, ...]) -> int:
    return sum(int(np.isfinite(c.low)) + int(np.isfinite(c.high)) for c in rule)


def _as_sql(rule: tuple[Condition, ...], expressions: list[str]) -> str:
    return " and ".join(c.as_sql(expressions[c.place]) for c in rule) or "true"


def _expressions(features: pd.DataFrame, names: tuple[str, ...], fills: Floats) -> list[str]:
    """Return each feature as SQL; where it can be NULL, with what the model reads instead."""
    return [
        f"coalesce({name}, {_number(fill)})" if features[name].isna().any() else name
        for name, fill in zip(names, fills, strict=True)
    ]


def _number(value: float) -> str:
    """Write a number as SQL reads it, without an exponent."""
    return np.format_float_positional(value, trim="-")


def _require_identifiers(names: tuple[str, ...]) -> None:
    strange = [name for name in names if not IDENTIFIER.fullmatch(name)]
    if strange:
        raise SegmentationError(f"features {strange} cannot stand in SQL; use a-z, 0-9 and _")
