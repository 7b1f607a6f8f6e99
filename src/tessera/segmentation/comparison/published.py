"""Segments as builds told them at past snapshots, by models that had been fitted by then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from duckdb import ColumnExpression, ConstantExpression

from tessera import frames

if TYPE_CHECKING:
    from tessera.runs import Run


def told_since(history: Any, run: Run, days: int) -> Any:
    """Return the rows of ``segment_history`` that this run stands by, of the last ``days``."""
    since = (run.as_of - pd.Timedelta(days=days)).to_pydatetime()
    is_told = ColumnExpression("told_in_run_id") == ConstantExpression(run.run_id)
    is_recent = ColumnExpression("snapshot_at") >= ConstantExpression(since)
    return history.filter(is_told & is_recent)


def read_published(
    history: Any, models: pd.DataFrame, training_set: pd.DataFrame, run: Run
) -> pd.DataFrame:
    """Read the segments of past snapshots that were told without knowing what came.

    Parameters
    ----------
    history
        What ``dbt.ref("segment_history")`` returns.
    models
        ``segment_models``: when each was fitted.
    training_set
        The past snapshots that are compared.
    run
        The build.

    Returns
    -------
    DataFrame
        A row per customer and snapshot: ``segment_id``, damped as it was published. What a model
        said of snapshots before its own fit is left out.
    """
    oldest = training_set["snapshot_at"].min()
    days = 0 if pd.isna(oldest) else (run.as_of - oldest).days + 1
    told = told_since(history, run, days)
    placed = frames.read(told, frames.SNAPSHOT_ORDER, ["segment_id", "model_id"])
    fitted_at = models[["model_id", "as_of"]]
    dated = placed.merge(fitted_at, on="model_id", how="inner")
    known = dated[dated["as_of"] <= dated["snapshot_at"]]
    return known.drop(columns="as_of").reset_index(drop=True)
