"""Promises: what a release said of its models, and, when the horizon has closed, what happened.

The promise is the model's own evaluation over all past origins. What happened is measured on the
customers whose scores were remembered. Both are told by the same metrics, so that the gap between
them is what quoting the promise was wrong by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from duckdb import ColumnExpression, ConstantExpression

from tessera import registry
from tessera.bootstrap import Estimate, Scored, estimate_metric
from tessera.metrics import METRICS, Metric
from tessera.propensity.evaluation import ALL_ORIGINS
from tessera.track_record.schemas import KEPT_PROMISES_ORDER, KEPT_PROMISES_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tessera.runs import Run

PROMISED = (
    "roc_auc",
    "average_precision",
    "brier_score",
    "log_loss",
    "expected_calibration_error",
    "lift_top_10pct",
)
"""Metrics that a release is held to."""

_PROMISE = ["target", "snapshot_at", "model_id"]
_OPEN = Estimate(np.nan, np.nan, np.nan)


def keep_promises(
    outcomes: Any, evaluations: pd.DataFrame, earlier: pd.DataFrame, run: Run
) -> pd.DataFrame:
    """Return what was promised and what came of it: settled rows, and those still open.

    A promise is settled by the first build after its horizon has closed, and stays as settled. A
    replay of an earlier day settles it by itself, with what was known that day: ``realised_as_of``
    tells the two apart.

    Parameters
    ----------
    outcomes
        The relation ``promise_outcomes``: a row per remembered score at or before ``as_of``, with
        ``closes_at``, ``is_closed``, ``is_known`` and the outcome as ``label``.
    evaluations
        The evidence: columns of ``PROPENSITY_EVALUATIONS_SCHEMA``.
    earlier
        The table as the last run left it; columns of ``KEPT_PROMISES_SCHEMA``.
    run
        The build.

    Returns
    -------
    DataFrame
        Columns of ``KEPT_PROMISES_SCHEMA``, ordered by ``KEPT_PROMISES_ORDER``. Of customers who
        were scored and are known no more nothing can be said: ``customers_seen_again`` is what the
        realised values speak of.
    """
    settled = earlier[earlier["realised_as_of"].notna()]
    is_known_here = settled["realised_as_of"] <= run.as_of
    by_now = settled[is_known_here & (settled["feeds_folder"] == run.feeds_folder)]
    done = set(by_now[_PROMISE].itertuples(index=False, name=None))
    lines: list[dict[str, Any]] = []
    for promise in registry.records(_promises(outcomes)):
        if (promise["target"], promise["snapshot_at"], promise["model_id"]) not in done:
            lines += _told(outcomes, promise, evaluations, run)
    told = pd.DataFrame(registry.records(settled) + lines, columns=KEPT_PROMISES_SCHEMA.names)
    return told.sort_values(list(KEPT_PROMISES_ORDER), ignore_index=True)


def _promises(outcomes: Any) -> pd.DataFrame:
    names = ", ".join([*_PROMISE, "closes_at", "is_closed"])
    counted = outcomes.aggregate(f"{names}, count(*) as customers_scored", names)
    promises: pd.DataFrame = counted.order(names).df()
    return promises


def _told(
    outcomes: Any, promise: dict[str, Any], evaluations: pd.DataFrame, run: Run
) -> Iterator[dict[str, Any]]:
    """Yield a line per metric of one promise."""
    is_quoted = evaluations["split"] == ALL_ORIGINS
    of_model = evaluations[is_quoted & (evaluations["model_id"] == promise["model_id"])]
    quoted = {line["metric"]: line for line in registry.records(of_model)}
    people, known = _people(outcomes, promise) if promise["is_closed"] else (None, None)
    for metric in (metric for metric in METRICS if metric.name in PROMISED):
        promised = quoted.get(metric.name, {})
        realised = _realised(people, metric, run.seed)
        said = float(promised.get("value", np.nan))
        yield {
            **{part: promise[part] for part in (*_PROMISE, "closes_at", "customers_scored")},
            "metric": metric.name,
            "promised_value": said,
            "promised_low": float(promised.get("low", np.nan)),
            "promised_high": float(promised.get("high", np.nan)),
            "realised_value": realised.value,
            "realised_low": realised.low,
            "realised_high": realised.high,
            "gap": realised.value - said,
            "customers_seen_again": known,
            "positives": None if people is None else int(people.labels.sum()),
            "feeds_folder": run.feeds_folder,
            "realised_as_of": run.as_of if promise["is_closed"] else pd.NaT,
            "run_id": run.run_id,
        }


def _people(outcomes: Any, promise: dict[str, Any]) -> tuple[Scored, int]:
    """Return the scored customers of a promise who are still known, with what they did."""
    relation = outcomes.filter(ColumnExpression("is_known"))
    for part in _PROMISE:
        relation = relation.filter(ColumnExpression(part) == ConstantExpression(promise[part]))
    rows = relation.order("customer_id, probability").df()
    scored = Scored(
        customer_ids=rows["customer_id"].to_numpy(dtype=np.str_),
        labels=rows["label"].to_numpy(dtype=np.float64),
        probabilities=rows["probability"].to_numpy(dtype=np.float64),
    )
    return scored, len(rows)


def _realised(people: Scored | None, metric: Metric, seed: int) -> Estimate:
    if people is None or not len(people.labels):
        return _OPEN
    return estimate_metric([people], metric, seed)
