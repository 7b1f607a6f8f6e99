"""One thing done to the customers of a made-up shop, in a process of its own.

``python -m benchmarks.segments_process <what> <database> <memory limit> <customers>`` prints one
line of JSON: the seconds of the step itself, and what it found.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd

from tessera import frames, segmentation
from tessera.runs import Run
from tessera.segmentation.model import read_model

if TYPE_CHECKING:
    from collections.abc import Callable

SEEDS = Path("seeds")
RUN = Run(
    run_id="benchmark",
    run_started_at=pd.Timestamp("2026-01-01 06:00"),
    as_of=pd.Timestamp("2026-01-01"),
    feeds_folder="drawn",
    seed=7,
)
PAST_CUSTOMERS = 200_000
"""Customers whose past is kept: the var history_customers of the project."""
PAST_MONTHS = 12
CHUNK = 100_000


def draw(connection: Any, customers: int) -> dict[str, Any]:
    """Draw customers who come and spend at rates of their own, some of whom have left."""
    for start in range(0, customers, CHUNK):
        rows = _drawn(start, min(CHUNK, customers - start), month=PAST_MONTHS)
        _append(connection, "scoring_set", rows.drop(columns=["outcome_amount_90d"]))
    past = min(customers, PAST_CUSTOMERS)
    for month in range(PAST_MONTHS):
        for start in range(0, past, CHUNK):
            _append(connection, "training_set", _drawn(start, min(CHUNK, past - start), month))
    for name in ("segment_features", "segment_choice"):
        _write(connection, name, pd.read_csv(SEEDS / f"{name}.csv", dtype=str))
    return {"rows": customers, "past": past * PAST_MONTHS}


def fit(connection: Any, _: int) -> dict[str, Any]:
    """Fit the candidates, as the model segment_models does."""
    declared = connection.table("segment_features")
    scoring_set = segmentation.read_customers(connection.table("scoring_set"), declared)
    schema = segmentation.SEGMENT_MODELS_SCHEMA
    models = segmentation.fit_candidates(scoring_set, declared.df(), frames.empty(schema), RUN)
    _write(connection, "segment_models", frames.typed(models, schema))
    return {"rows": int(models["training_rows"].max()), "candidates": len(models)}


def choose(connection: Any, _: int) -> dict[str, Any]:
    """Measure the candidates and choose, as the model segment_evaluations does."""
    declared = connection.table("segment_features")
    scoring_set = segmentation.read_customers(connection.table("scoring_set"), declared)
    past = segmentation.read_past(connection.table("training_set"), declared)
    models, criteria = (connection.table(t).df() for t in ("segment_models", "segment_choice"))
    schema = segmentation.SEGMENT_EVALUATIONS_SCHEMA
    none = frames.empty(schema)
    told = segmentation.evaluate_candidates(models, scoring_set, past, criteria, none, RUN)
    _write(connection, "segment_evaluations", frames.typed(told, schema))
    is_chosen = (told["metric"] == "is_chosen") & (told["value"] == 1.0)
    return {"rows": len(past), "reason": told[is_chosen]["reason"].iloc[0]}


def assign(connection: Any, _: int) -> dict[str, Any]:
    """Place every customer by the champion, a chunk at a time."""
    query = (
        "select models.* from segment_models as models "
        "inner join segment_evaluations as told on models.model_id = told.model_id "
        "where told.metric = 'is_chosen' and told.value = 1"
    )
    model = read_model(connection.sql(query).df().iloc[0])
    names = [feature.name for feature in model.features]
    chunks = frames.read_chunks(connection.table("scoring_set"), names, CHUNK)
    sizes = np.zeros(model.segments, dtype=np.int64)
    for chunk in chunks:
        sizes += np.bincount(model.assign(chunk), minlength=model.segments)
    return {"rows": int(sizes.sum()), "smallest": int(sizes.min())}


STEPS: dict[str, Callable[[Any, int], dict[str, Any]]] = {
    step.__name__: step for step in (draw, fit, choose, assign)
}


def _drawn(start: int, customers: int, month: int) -> pd.DataFrame:
    """Return customers from number ``start`` at the first of a month; each is who she is.

    Rates are drawn per customer, counts and amounts per month.
    """
    whose, when = np.random.default_rng([1, start]), np.random.default_rng([2, start, month])
    rate = whose.gamma(0.8, 4.0, customers)
    basket = np.exp(whose.normal(3.5, 0.6, customers))
    likes = whose.beta(2, 5, (customers, 3))
    gone = whose.exponential(24.0, customers) < np.maximum(month, 1)
    recent = np.where(gone, 0.05, 1.0) * rate
    counts = {days: when.poisson(recent * days / 30 + 0.02 * days / 30) for days in (90, 180)}
    yearly = counts[180] + when.poisson(rate * 6)
    spend = {
        days: count * basket * when.gamma(20, 1 / 20, customers) for days, count in counts.items()
    }
    frame = pd.DataFrame(
        {
            "customer_id": np.char.add("c", np.arange(start, start + customers).astype(str)),
            "snapshot_at": RUN.as_of - pd.DateOffset(months=PAST_MONTHS - month),
            "orders_amount_sum_90d": spend[90],
            "orders_amount_sum_180d": spend[180] + spend[90],
            "orders_amount_sum_365d": spend[180] * 2 + spend[90],
            "orders_count_90d": counts[90],
            "orders_count_180d": counts[180],
            "orders_count_365d": yearly,
            "orders_count_90d_over_365d": counts[90] / np.maximum(yearly, 1) * 4,
            "orders_amount_avg_lifetime": basket,
            "orders_days_since_last": when.exponential(30 / (recent + 0.05)),
            "orders_days_since_first": whose.uniform(30, 900, customers) + 30 * month,
            "orders_discounted_share_lifetime": likes[:, 0],
            "categories_distinct_count_180d": when.poisson(3 * np.sqrt(counts[180])),
            "sessions_count_180d": when.poisson(recent * 12),
            "sessions_mobile_share_lifetime": likes[:, 1],
            "channels_distinct_count_lifetime": 1 + whose.binomial(2, 0.3, customers),
            "messages_opened_rate_lifetime": likes[:, 2],
            "tickets_count_365d": whose.poisson(0.3, customers),
            "tickets_satisfaction_avg_lifetime": whose.choice([np.nan, 2.0, 4.0, 5.0], customers),
        }
    )
    later = when.poisson(np.where(gone, 0.05, 1.0) * rate * 3)
    return frame.assign(outcome_amount_90d=later * basket)


def _append(connection: Any, name: str, rows: pd.DataFrame) -> None:
    connection.register("rows_drawn", rows)
    connection.execute(f"create table if not exists {name} as from rows_drawn limit 0")
    connection.execute(f"insert into {name} select * from rows_drawn")
    connection.unregister("rows_drawn")


def _write(connection: Any, name: str, table: Any) -> None:
    """Write a table as dbt does: from what is returned, on a cursor of its own."""
    cursor = connection.cursor()
    cursor.register("returned", table)
    cursor.execute(f"create or replace table {name} as select * from returned")
    cursor.unregister("returned")


def main(what: str, database: str, memory: str, customers: str) -> None:
    """Do one step and say what it found."""
    with duckdb.connect(database, config={"memory_limit": memory, "threads": 2}) as connection:
        began = time.perf_counter()
        found = STEPS[what](connection, int(customers))
        seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, **found}))


if __name__ == "__main__":
    main(*sys.argv[1:])
