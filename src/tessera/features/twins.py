"""Twins: features that are equal for every customer, so that one of them says nothing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tessera.features.mart_columns import MartColumn
    from tessera.features.scan import Scanned


def find_twins(
    customers: Any, columns: Sequence[MartColumn], scanned: Mapping[str, Scanned]
) -> dict[str, str]:
    """Return the first of its equals for each feature that has one before it in the mart.

    Features with one fingerprint are compared value by value, so that chance makes no twins.
    Constants are none.

    Parameters
    ----------
    customers
        DuckDB relation, a row per customer.
    columns
        The features, in the mart's order.
    scanned
        What the scan found, by feature.
    """
    groups: dict[tuple[int | None, bool], list[MartColumn]] = defaultdict(list)
    for column in columns:
        groups[scanned[column.name].fingerprint, column.is_text].append(column)
    pairs = [
        (elder, younger)
        for (fingerprint, _), (elder, *others) in groups.items()
        if fingerprint is not None
        for younger in others
    ]
    return {younger.name: elder.name for elder, younger in _equal_pairs(customers, pairs)}


def _equal_pairs(
    customers: Any, pairs: Sequence[tuple[MartColumn, MartColumn]]
) -> Iterable[tuple[MartColumn, MartColumn]]:
    if not pairs:
        return []
    differing = [
        f"coalesce(bool_or({elder.value} is distinct from {younger.value}), false)"
        for elder, younger in pairs
    ]
    answers = customers.aggregate(", ".join(differing)).fetchall()[0]
    return [pair for pair, differs in zip(pairs, answers, strict=True) if not differs]
