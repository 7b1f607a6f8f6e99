"""Which model of schema features reads which."""

from __future__ import annotations

from functools import cache
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from tessera.features.queries import DIALECT, relation_name
from tessera.leaks.law import FEATURES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

NOT_PARTS = frozenset(
    {
        "built_snapshots",
        "customer_features",
        "customer_labels",
        "fact_fingerprints",
        "feature_definitions",
        "feature_statistics",
        "label_supply",
        "leak_findings",
        "prediction_targets",
        "scoring_set",
        "snapshot_fingerprints",
        "target_category",
        "training_set",
    }
)
"""Models of schema features that stand behind the mart, or look forward: no part of a feature."""


@cache
def relations_read(query: str) -> tuple[str, ...]:
    """Return the relations that a query reads, as ``schema.table``, sorted; none if it is no SQL.

    Examples
    --------
    >>> relations_read('with a as (select 1 from "build"."core"."orders") select 1 from a')
    ('core.orders',)
    """
    try:
        tables = parse_one(query, dialect=DIALECT).find_all(exp.Table)
    except SqlglotError:
        return ()
    return tuple(sorted({relation_name(each) for each in tables if each.db}))


def models_in_order(
    queries: Mapping[str, str], models: Collection[str], without: Collection[str]
) -> list[str]:
    """Return models and all that they are made from, each after what it reads.

    Parameters
    ----------
    queries
        The query that made each model of schema ``features``, by name.
    models
        The models to begin with.
    without
        Models that are left out, beside :data:`NOT_PARTS`.
    """
    graph: dict[str, list[str]] = {}
    due = sorted(name for name in models if name in queries)
    while due:
        name = due.pop()
        if name not in graph:
            read = (each.partition(".") for each in relations_read(queries[name]))
            parents = {table for schema, _, table in read if schema == FEATURES}
            graph[name] = sorted((parents & queries.keys()) - {*without} - NOT_PARTS)
            due += graph[name]
    return list(TopologicalSorter(graph).static_order())
