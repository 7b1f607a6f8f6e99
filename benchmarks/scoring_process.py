"""One thing done to the customers of a made-up shop, in a process of its own.

``python -m benchmarks.scoring_process <what> <database> <memory limit> <customers>`` prints one
line of JSON: the seconds of the step itself, and what it found.
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd

from benchmarks.scoring_tables import TARGETS, draw_customers
from tessera import frames, propensity
from tessera.features import feature_columns
from tessera.runs import Run

if TYPE_CHECKING:
    from collections.abc import Callable

CHAMPION = "lightgbm"
"""Of the algorithms the one that takes longest, to score and to explain."""

RUN = Run(
    run_id="benchmark",
    run_started_at=pd.Timestamp("2026-01-01 06:00"),
    as_of=pd.Timestamp("2026-01-01"),
    feeds_folder="drawn",
    seed=7,
)


def draw(connection: Any, customers: int) -> dict[str, Any]:
    """Draw the customers."""
    draw_customers(connection, customers)
    columns = pd.DataFrame(columns=connection.table("scoring_set").columns)
    return {"features": len(feature_columns(columns))}


def train(connection: Any, _: int) -> dict[str, Any]:
    """Fit the candidates of all targets, as the model propensity_models does."""
    targets = [propensity.Target(name, days) for name, days in TARGETS.items()]
    training_set = propensity.read_training_set(connection.table("training_set"), targets)
    schema = propensity.PROPENSITY_MODELS_SCHEMA
    models = propensity.fit_candidates(training_set, targets, frames.empty(schema), RUN)
    _write(connection, "propensity_models", frames.typed(models, schema))
    return {"rows": int(models["training_rows"].max()), "models": len(models)}


def score(connection: Any, _: int) -> dict[str, Any]:
    """Score all customers for all targets, with reasons, as the model propensity_scores does."""
    order = propensity.PROPENSITY_MODELS_ORDER
    models = frames.read(connection.table("propensity_models"), order)
    champions = models[models["algorithm"] == CHAMPION]
    scoring_set = propensity.read_scoring_set(connection.table("scoring_set"), champions)
    scores = propensity.score_customers(scoring_set, champions, RUN)
    table = frames.typed_chunks(scores, propensity.PROPENSITY_SCORES_SCHEMA)
    _write(connection, "propensity_scores", table)
    query = "select count(*), count(reason_3_words) from propensity_scores"
    ((rows, explained),) = connection.execute(query).fetchall()
    return {"rows": rows, "explained": explained}


def _write(connection: Any, name: str, table: Any) -> None:
    """Write a table as dbt does: from what is returned, on a cursor of its own."""
    cursor = connection.cursor()
    cursor.register("returned", table)
    cursor.execute(f"create or replace table {name} as select * from returned")
    cursor.unregister("returned")


STEPS: dict[str, Callable[[Any, int], dict[str, Any]]] = {
    step.__name__: step for step in (draw, train, score)
}


def main(what: str, database: str, memory_limit: str, customers: str) -> None:
    """Do one step, and say what came of it."""
    with duckdb.connect(
        database, config={"memory_limit": memory_limit, "threads": 2}
    ) as connection:
        began = time.monotonic()
        found = STEPS[what](connection, int(customers))
        print(json.dumps({"seconds": time.monotonic() - began} | found))


if __name__ == "__main__":
    main(*sys.argv[1:])
