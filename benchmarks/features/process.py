"""One thing done to the tables of a made-up shop, in a process of its own.

``python -m benchmarks.features.process <step> <database> <memory limit> [<argument>]`` prints one
line of JSON: the seconds of the step itself, and what it found.
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

import duckdb

from benchmarks.features import queries
from benchmarks.features.tables import draw_day, draw_shop

if TYPE_CHECKING:
    from collections.abc import Callable

DIFFERENCE = 1e-9
"""Above this, relative to the value, two features are not the same."""

KEPT_PART = 20
"""One row of so many is compared: a copy of all would double the file."""

_TOTALS = "select sum(columns('^(events|purchases|revenue|evening_events)_')) from measured"


def draw(connection: Any, customers: str) -> dict[str, Any]:
    """Draw the shop, and count its largest tables."""
    draw_shop(connection, int(customers))
    return _counts(connection)


def day(connection: Any, customers: str) -> dict[str, Any]:
    """Draw the facts of another day."""
    draw_day(connection, int(customers))
    return _counts(connection)


def bare(connection: Any, _: str) -> dict[str, Any]:
    """Count events by customer."""
    return _measured(connection, queries.bare())


def measures(connection: Any, _: str) -> dict[str, Any]:
    """Compute measures without windows."""
    return _measured(connection, queries.measures())


def filtered(connection: Any, _: str) -> dict[str, Any]:
    """Compute measures in windows by filtered aggregates."""
    return _measured(connection, queries.filtered()) | {"total": _total(connection)}


def export(connection: Any, path: str) -> dict[str, Any]:
    """Write the events that the newest snapshot may know, for those who do not read DuckDB."""
    connection.execute(f"copy ({queries.known_events()}) to '{path}' (format parquet)")
    ((as_of,),) = connection.execute("select as_of from registry.run_context").fetchall()
    return {"as_of": as_of.isoformat()}


def copy(connection: Any, _: str) -> dict[str, Any]:
    """Write the finished features once more, every row and column."""
    return _measured(connection, "select * from features.customer_features")


def keep(connection: Any, _: str) -> dict[str, Any]:
    """Keep some of the features as they are, to compare them with later ones."""
    kept = f"from features.customer_features where hash(customer_snapshot_id) % {KEPT_PART} = 0"
    connection.execute(f"create or replace table kept as {kept}")
    return {}


def compare(connection: Any, _: str) -> dict[str, Any]:
    """Count the rows kept, and those of them that are no longer the same."""
    described = connection.execute("describe kept").fetchall()
    unlike = " or ".join(_unlike(name, data_type) for name, data_type, *_ in described)
    query = f"""
    select count(*), count(*) filter (where new.customer_snapshot_id is null or {unlike})
    from kept left join features.customer_features as new using (customer_snapshot_id)
    """
    ((rows, differing),) = connection.execute(query).fetchall()
    return {"rows": rows, "differing": differing}


def _measured(connection: Any, query: str) -> dict[str, Any]:
    connection.execute(f"create or replace table measured as {query}")
    ((rows,),) = connection.execute("select count(*) from measured").fetchall()
    return {"rows": rows}


def _total(connection: Any) -> float:
    return float(sum(connection.execute(_TOTALS).fetchall()[0]))


def _unlike(name: str, data_type: str) -> str:
    if data_type != "DOUBLE":
        return f'kept."{name}" is distinct from new."{name}"'
    return (
        f'(kept."{name}" is null) != (new."{name}" is null) or '
        f'abs(kept."{name}" - new."{name}") > {DIFFERENCE} * greatest(1, abs(kept."{name}"))'
    )


def _counts(connection: Any) -> dict[str, Any]:
    return {
        table: connection.execute(f"select count(*) from core.{table}").fetchall()[0][0]
        for table in ("web_events", "orders", "order_lines", "messages", "sessions")
    }


STEPS: dict[str, Callable[[Any, str], dict[str, Any]]] = {
    step.__name__: step
    for step in (draw, day, bare, measures, filtered, copy, export, keep, compare)
}


def main(step: str, database: str, memory_limit: str, argument: str = "") -> None:
    """Do one step, and say what came of it."""
    with duckdb.connect(database, config={"memory_limit": memory_limit}) as connection:
        began = time.monotonic()
        found = STEPS[step](connection, argument)
        print(json.dumps({"seconds": time.monotonic() - began} | found))


if __name__ == "__main__":
    main(*sys.argv[1:])
