"""What each feature means, from which columns it is made, and since when it means that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from tessera import frames
from tessera.features.columns import KEY_COLUMNS
from tessera.features.grammar import parse_feature
from tessera.features.lineage import OWN, Lineage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tessera.runs import Run

MART = "features.customer_features"
VERSION_LENGTH = 12
"""Hex digits kept of a definition's hash."""

FEATURE_DEFINITIONS_SCHEMA = pa.schema(
    [
        ("feature_name", pa.string()),
        ("family", pa.string()),
        ("subject", pa.string()),
        ("condition", pa.string()),
        ("measure", pa.string()),
        ("aggregate", pa.string()),
        ("window_days", pa.int64()),
        ("data_type", pa.string()),
        ("null_policy", pa.string()),
        ("description", pa.string()),
        ("source_columns", pa.string()),
        ("definition_sql", pa.string()),
        ("is_own", pa.bool_()),
        ("version", pa.string()),
        ("version_since", frames.TIMESTAMP),
        ("previous_version", pa.string()),
        ("is_changed", pa.bool_()),
    ]
)
"""A row per feature of the mart."""
FEATURE_DEFINITIONS_ORDER = ("feature_name",)


def define_features(
    queries: Mapping[str, str],
    columns: Mapping[str, Mapping[str, str]],
    earlier: pd.DataFrame,
    run: Run,
) -> pd.DataFrame:
    """Describe every feature of the mart.

    Parameters
    ----------
    queries
        The query of each model of schema ``features``.
    columns
        Columns and types of every relation that the queries read, by ``schema.table``.
    earlier
        What this function returned in the last build: a definition that has not changed keeps its
        ``version_since``.
    run
        This build.

    Returns
    -------
    DataFrame
        A row per feature, with the columns of :data:`FEATURE_DEFINITIONS_SCHEMA`.

    Raises
    ------
    FeatureNameError
        A name does not follow the grammar.
    LineageError
        A query cannot be read.
    """
    lineage = Lineage(queries, {name: list(found) for name, found in columns.items()})
    types = columns[MART]
    makers = _makers(queries, columns)
    known = {row["feature_name"]: row for row in earlier.to_dict("records")}
    rows = [
        _described(lineage, name, makers[name], types[name]) | {"feature_name": name}
        for name in types
        if name not in KEY_COLUMNS
    ]
    dated = [row | _dated(row, known.get(row["feature_name"]), run) for row in rows]
    defined = pd.DataFrame(dated, columns=FEATURE_DEFINITIONS_SCHEMA.names)
    defined["window_days"] = defined["window_days"].astype("Int64")
    return defined.sort_values("feature_name", ignore_index=True)


def _makers(queries: Mapping[str, str], columns: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the family that makes each feature."""
    families = [model for model in queries if model.startswith("features_")]
    return {
        name: family
        for family in families
        for name in columns.get(f"features.{family}", {})
        if name not in KEY_COLUMNS
    }


def _described(lineage: Lineage, name: str, family: str, data_type: str) -> dict[str, Any]:
    is_own = family == OWN
    feature = parse_feature(name, is_own=is_own)
    traced = lineage.trace(family, name)
    return {
        "family": lineage.written_in(name) if is_own else family,
        "subject": feature.subject,
        "condition": feature.condition,
        "measure": feature.measure,
        "aggregate": feature.aggregate,
        "window_days": feature.window_days,
        "data_type": data_type.lower(),
        "null_policy": feature.null_policy,
        "description": feature.description,
        "source_columns": ", ".join(sorted(traced.sources)),
        "definition_sql": traced.sql,
        "is_own": is_own,
        "version": traced.version[1 : 1 + VERSION_LENGTH],
    }


def _dated(row: dict[str, Any], before: dict[str, Any] | None, run: Run) -> dict[str, Any]:
    """Say since when a definition holds, and which one it replaced."""
    if before is None:
        return {"version_since": run.as_of, "previous_version": None, "is_changed": False}
    if before["version"] == row["version"]:
        since = min(before["version_since"], run.as_of)
        previous = before["previous_version"]
        return {"version_since": since, "previous_version": previous, "is_changed": False}
    return {
        "version_since": run.as_of,
        "previous_version": before["version"],
        "is_changed": True,
    }
