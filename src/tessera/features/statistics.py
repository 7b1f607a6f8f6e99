"""Statistics of the features: what each one looks like today, beside what training saw of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
from duckdb import ColumnExpression, ConstantExpression

from tessera.features.mart_columns import mart_columns
from tessera.features.psi import level_drift, number_drift
from tessera.features.scan import scan_features
from tessera.features.shape import Shape, read_shape
from tessera.features.twins import find_twins

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from tessera.features.mart_columns import MartColumn
    from tessera.features.scan import Scanned
    from tessera.runs import Run

STATISTICS_SCHEMA = pa.schema(
    [
        ("feature_name", pa.string()),
        ("subject", pa.string()),
        ("base", pa.string()),
        ("form", pa.string()),
        ("aggregate", pa.string()),
        ("reach_days", pa.int64()),
        ("is_text", pa.bool_()),
        ("customers", pa.int64()),
        ("null_share", pa.float64()),
        ("minimum", pa.float64()),
        ("maximum", pa.float64()),
        ("is_finite", pa.bool_()),
        ("distinct_values", pa.int64()),
        ("is_constant", pa.bool_()),
        ("twin_of", pa.string()),
        ("training_rows", pa.int64()),
        ("training_null_share", pa.float64()),
        ("training_minimum", pa.float64()),
        ("training_maximum", pa.float64()),
        ("drift_psi", pa.float64()),
        ("is_missing", pa.bool_()),
        ("feeds_folder", pa.string()),
        ("run_id", pa.string()),
    ]
)
"""One row per feature at the newest snapshot, and per feature that the last run had beside them."""

# Chance moves an index over 14 bins of two such samples by 0.001: far below any threshold. A share
# of a level is right to a third of a percent, and 280 features of both are 90 MB.
SAMPLED_ROWS = 20_000

_SAMPLE_KEY = "customer_snapshot_id"  # a hash: its smallest values are a fair and lasting sample


def feature_statistics(
    customer_features: Any, training_snapshots: Any, earlier: Sequence[str], run: Run
) -> pd.DataFrame:
    """Describe every feature at the newest snapshot, all customers, and in training, a sample.

    Parameters
    ----------
    customer_features
        DuckDB relation, a row per customer and snapshot; every column but its keys is a feature.
    training_snapshots
        Relation with ``snapshot_at`` and ``history_days``, the days of orders before it.
    earlier
        Features that the last run over the same feeds had.
    run
        The run; its ``as_of`` is the newest snapshot.

    Returns
    -------
    pandas.DataFrame
        Rows of :data:`STATISTICS_SCHEMA` in the mart's order, missing features last. Distinct
        values are counted in the sample. Drift is NULL where no training snapshot has the
        feature's whole window behind it, or with few rows.
    """
    columns = mart_columns(customer_features)
    is_newest = ColumnExpression("snapshot_at") == ConstantExpression(run.as_of.to_pydatetime())
    customers = customer_features.filter(is_newest)
    scanned = scan_features(customers, columns)
    twins = find_twins(customers, columns, scanned)
    past = customer_features.join(training_snapshots, "snapshot_at")
    samples = _Samples(
        training=_sample(past, columns, "history_days"), newest=_sample(customers, columns)
    )
    rows = [
        _row(column, scanned[column.name], samples) | {"twin_of": twins.get(column.name)}
        for column in columns
    ]
    present = {column.name for column in columns}
    rows += [_missing(name) for name in earlier if name not in present]
    found = pd.DataFrame(rows, columns=STATISTICS_SCHEMA.names, dtype="object")
    return found.assign(feeds_folder=run.feeds_folder, run_id=run.run_id)


@dataclass(frozen=True)
class _Samples:
    """Rows of past snapshots and of the newest, by column; the past ones with ``history_days``."""

    training: Mapping[str, NDArray[Any]]
    newest: Mapping[str, NDArray[Any]]


def _sample(rows: Any, columns: Sequence[MartColumn], *more: str) -> dict[str, NDArray[Any]]:
    last = rows.project(_SAMPLE_KEY).order(_SAMPLE_KEY).limit(1, SAMPLED_ROWS - 1).fetchall()
    if last:
        rows = rows.filter(ColumnExpression(_SAMPLE_KEY) <= ConstantExpression(last[0][0]))
    values = [f"{column.value} as {column.quoted}" for column in columns]
    sampled = rows.project(", ".join([*values, *more])).fetchnumpy()
    is_text = {column.name: column.is_text for column in columns}
    return {
        name: _texts(masked)
        if is_text.get(name)
        else np.ma.filled(masked.astype(np.float64), np.nan)
        for name, masked in sampled.items()
    }


def _texts(masked: Any) -> NDArray[Any]:
    """Put None where NULL is: a masked array fills with a word of its own, whatever it is told."""
    texts = np.array(np.ma.getdata(masked), dtype=object)
    texts[np.ma.getmaskarray(masked)] = None
    return texts


def _row(column: MartColumn, scanned: Scanned, samples: _Samples) -> dict[str, Any]:
    shape = read_shape(column.name)
    training = samples.training[column.name]
    nulls = pd.isna(training)
    numbers = np.array([]) if column.is_text else training[~nulls]
    return {
        "feature_name": column.name,
        **asdict(shape),
        "is_text": column.is_text,
        "customers": scanned.customers,
        "null_share": 1 - scanned.filled / scanned.customers if scanned.customers else None,
        "minimum": scanned.minimum,
        "maximum": scanned.maximum,
        "is_finite": scanned.is_finite and bool(np.isfinite(numbers).all()),
        "distinct_values": _distinct(samples.newest[column.name]),
        "is_constant": scanned.is_constant,
        "training_rows": len(training),
        "training_null_share": float(nulls.mean()) if len(training) else None,
        "training_minimum": float(numbers.min()) if len(numbers) else None,
        "training_maximum": float(numbers.max()) if len(numbers) else None,
        "drift_psi": _drift(column, shape, samples),
        "is_missing": False,
    }


def _drift(column: MartColumn, shape: Shape, samples: _Samples) -> float | None:
    """Compare with the snapshots that have the whole window behind them, as the newest has."""
    is_whole = samples.training["history_days"] >= (shape.reach_days or 0)
    measure = level_drift if column.is_text else number_drift
    return measure(samples.training[column.name][is_whole], samples.newest[column.name])


def _distinct(values: NDArray[Any]) -> int:
    return int(pd.Series(values).nunique())


def _missing(name: str) -> dict[str, Any]:
    shape = read_shape(name)
    return {"feature_name": name, **asdict(shape), "is_missing": True}
