"""What each feature means, and from which columns it is made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from tessera.features.columns import KEY_COLUMNS, FeatureError
from tessera.features.grammar import FeatureNameError, parse_feature
from tessera.features.lineage import MART, OWN, Lineage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tessera.features.traced import Traced

_WINDOWS = re.compile(r"_(\d+)d(?=_|$)")

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
    ]
)
"""A row per feature of the mart."""
FEATURE_DEFINITIONS_ORDER = ("feature_name",)


class FeatureWindowError(FeatureError):
    """A feature is named after a window that its query does not choose."""


def define_features(
    queries: Mapping[str, str], columns: Mapping[str, Mapping[str, str]]
) -> pd.DataFrame:
    """Describe every feature of the mart.

    Parameters
    ----------
    queries
        The query of each model of schema ``features``.
    columns
        Columns and types of every relation that the queries read, by ``schema.table``.

    Returns
    -------
    DataFrame
        A row per feature, with the columns of :data:`FEATURE_DEFINITIONS_SCHEMA`.

    Raises
    ------
    FeatureNameError
        A name does not follow the grammar.
    FeatureWindowError
        A name ends in so many days, and nothing in the query is bounded by so many.
    LineageError
        A query cannot be read.
    """
    lineage = Lineage(queries, {name: list(found) for name, found in columns.items()})
    types = columns[f"features.{MART}"]
    rows = [
        _described(lineage, name, lineage.maker(name), types[name]) | {"feature_name": name}
        for name in types
        if name not in KEY_COLUMNS
    ]
    defined = pd.DataFrame(rows, columns=FEATURE_DEFINITIONS_SCHEMA.names)
    defined["window_days"] = defined["window_days"].astype("Int64")
    return defined.sort_values("feature_name", ignore_index=True)


def _described(lineage: Lineage, name: str, family: str, data_type: str) -> dict[str, Any]:
    is_own = family == OWN
    family, traced = lineage.trace_own(name) if is_own else (family, lineage.trace(family, name))
    try:
        feature = parse_feature(name, is_own=is_own)
    except FeatureNameError as error:
        raise FeatureNameError(f"{family}.sql: {error}") from error
    _require_windows(family, name, traced)
    return {
        "family": family,
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


def _require_windows(family: str, name: str, traced: Traced) -> None:
    """Refuse a feature of so many days that nothing bounds by so many.

    Whether it is bounded rightly, a reader or a unit test has to say; a window that was forgotten
    counts a lifetime, and nothing else would tell.
    """
    for days in map(int, _WINDOWS.findall(name)):
        if days not in traced.numbers:
            raise FeatureWindowError(
                f"{family}.sql: {name} is of {days} days, and nothing in its query is bounded by "
                f"{days}: choose its window, as by is_in_window(..., {days}), or name it lifetime"
            )
