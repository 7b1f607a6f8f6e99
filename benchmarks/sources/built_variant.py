"""One variant built up to its training set: no model is fitted, no report is made."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import duckdb

from benchmarks.churn import TESTS
from benchmarks.dbt_process import require_success, started
from benchmarks.progress import nodes_shown
from benchmarks.workspace import temporary_workspace
from tessera import frames, propensity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd
    from rich.console import Console

    from tessera.propensity import Target

LEARNING_MONTHS = {"snapshot_months": 12}
"""The year before is enough to learn from for a comparison, and takes half the time of two."""
SELECTED = ("prediction_targets", "+training_set", "scoring_set", "feature_definitions")

ORDERS = """
select
    orders.order_id, orders.customer_id, orders.ordered_at, told.known_at,
    cast(orders.amount as double) as amount, orders.is_purchase
from core.orders as orders
inner join staging.stg_feeds__orders as told on told.order_id = orders.order_id
order by orders.order_id
"""
"""``known_at`` is when the shop wrote the order down, whenever it learnt whose it was."""
TABLES = {
    "training_set": "from features.training_set",
    "scoring_set": "from features.scoring_set",
    "targets": "from features.prediction_targets",
    "definitions": "select feature_name, family from features.feature_definitions",
    "orders": ORDERS,
}
SECONDS = "seconds.txt"


@dataclass(frozen=True)
class Built:
    """What a variant knows of its customers.

    Attributes
    ----------
    training_set, scoring_set
        As the project made them: a row per customer and past snapshot, and per customer today.
    targets
        What is predicted.
    families
        Feature to the feature table that makes it.
    orders
        ``order_id``, ``customer_id``, ``ordered_at``, ``known_at``, ``amount``, ``is_purchase``.
    seconds
        The build took, whole.
    """

    training_set: pd.DataFrame
    scoring_set: pd.DataFrame
    targets: list[Target]
    families: dict[str, str]
    orders: pd.DataFrame
    seconds: float

    def without(self, families: tuple[str, ...]) -> Built:
        """Return the same without the columns of some feature tables."""
        dropped = [name for name, family in self.families.items() if family in families]
        return replace(
            self,
            training_set=self.training_set.drop(columns=dropped, errors="ignore"),
            scoring_set=self.scoring_set.drop(columns=dropped, errors="ignore"),
        )


def build_variant(feeds: Path, out: Path, title: str, console: Console) -> None:
    """Build from a feeds folder, and keep what is measured as Parquet files in ``out``.

    Raises
    ------
    DbtFailedError
        A model or a gate on the way to the training set failed.
    """
    began = time.monotonic()
    with temporary_workspace(feeds) as workspace:
        arguments = ["build", "--exclude-resource-types", *TESTS, "--select", *SELECTED]
        with (
            nodes_shown(console, title) as show,
            started(workspace, *arguments, variables=LEARNING_MONTHS, on_node=show) as process,
        ):
            require_success(process)
        with duckdb.connect(str(workspace.database), read_only=True) as connection:
            for name, query in TABLES.items():
                connection.sql(query).write_parquet(str(out / f"{name}.parquet"))
    (out / SECONDS).write_text(f"{time.monotonic() - began:.1f}\n", encoding="utf-8")


def is_built(out: Path) -> bool:
    """Tell whether a variant was built: what is written last is there."""
    return (out / SECONDS).exists()


def read_built(out: Path) -> Built:
    """Read what :func:`build_variant` kept."""
    with duckdb.connect() as connection:
        declared = _read(connection, out, "targets", ["target"])
        definitions = _read(connection, out, "definitions", ["feature_name"])
        return Built(
            training_set=_read(connection, out, "training_set", frames.SNAPSHOT_ORDER),
            scoring_set=_read(connection, out, "scoring_set", frames.SNAPSHOT_ORDER),
            targets=propensity.load_targets(declared),
            families=definitions.set_index("feature_name")["family"].to_dict(),
            orders=_read(connection, out, "orders", ["order_id"]),
            seconds=float((out / SECONDS).read_text(encoding="utf-8")),
        )


def _read(
    connection: duckdb.DuckDBPyConnection, out: Path, name: str, order_by: Sequence[str]
) -> pd.DataFrame:
    return frames.read(connection.read_parquet(str(out / f"{name}.parquet")), order_by)
