"""The measures of ``queries.MEASURES`` in six windows, as they are usually written, by others.

``<any python> peers.py <pandas|polars|featuretools> <parquet file> <as_of>`` prints one line of
JSON: seconds, and the total of some columns, which shows that the same was computed. It imports
nothing of Tessera's, so that the Python of another environment can run it.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime, timedelta
from typing import Any

WINDOW_DAYS = (7, 30, 90, 180, 365, None)
EVENT_NAMES = {
    "page_views": "page_view",
    "product_views": "view_item",
    "searches": "search",
    "carts": "add_to_cart",
    "purchases": "purchase",
}
TOTALLED = ("events", "purchases", "revenue", "evening_events")
EVENING = 18


def with_pandas(file: str, as_of: datetime) -> float:
    """Group the events of each window, one window after the other."""
    import pandas as pd  # noqa: PLC0415 - each process loads what it measures

    events = pd.read_parquet(file)
    events["revenue"] = events["revenue"].astype("float64")
    events["events"] = 1
    events["evening_events"] = events["occurred_at"].dt.hour >= EVENING
    for measure, name in EVENT_NAMES.items():
        events[measure] = events["event_name"] == name
    sums = ["events", *EVENT_NAMES, "evening_events", "revenue"]
    how = dict.fromkeys(sums, "sum") | {"occurred_at": "max"}
    parts = []
    for days in WINDOW_DAYS:
        inside = events if days is None else events[events["occurred_at"] >= _edge(as_of, days)]
        parts.append(inside.groupby("customer_id").agg(how).add_suffix(f"_{days or 'lifetime'}"))
    table = pd.concat(parts, axis=1)
    return float(table.filter(regex=f"^({'|'.join(TOTALLED)})_").sum().sum())


def with_polars(file: str, as_of: datetime) -> float:
    """Group once, with an aggregate for each measure and window."""
    import polars as pl  # type: ignore[import-not-found]  # noqa: PLC0415

    columns = []
    for days in WINDOW_DAYS:
        at = pl.col("occurred_at")
        inside = at.is_not_null() if days is None else at >= _edge(as_of, days)
        measures = {
            "events": inside,
            "evening_events": inside & (at.dt.hour() >= EVENING),
            "revenue": pl.when(inside).then(pl.col("revenue").cast(pl.Float64)),
        } | {m: inside & (pl.col("event_name") == name) for m, name in EVENT_NAMES.items()}
        columns += [each.sum().alias(f"{m}_{days or 'lifetime'}") for m, each in measures.items()]
        columns.append(pl.when(inside).then(at).max().alias(f"last_{days or 'lifetime'}"))
    table = pl.scan_parquet(file).group_by("customer_id").agg(columns).collect(engine="streaming")
    return float(sum(table[c].sum() for c in table.columns if c.startswith(TOTALLED)))


def with_featuretools(file: str, as_of: datetime) -> float:
    """Deep feature synthesis, once for each training window."""
    import featuretools as ft  # type: ignore[import-not-found]  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    events = pd.read_parquet(file)
    events["revenue"] = events["revenue"].astype("float64")
    events["is_evening"] = events["occurred_at"].dt.hour >= EVENING
    shop = ft.EntitySet("shop")
    shop.add_dataframe(
        dataframe_name="events",
        dataframe=events,
        index="event",
        make_index=True,
        time_index="occurred_at",
        logical_types={"event_name": "Categorical"},
    )
    shop.normalize_dataframe("events", "customers", "customer_id", make_time_index=False)
    values = {"event_name": list(EVENT_NAMES.values()), "is_evening": [True]}
    shop.add_interesting_values(dataframe_name="events", values=values)
    return sum(_synthesised(ft, shop, as_of, days) for days in WINDOW_DAYS)


def _synthesised(ft: Any, shop: Any, as_of: datetime, days: int | None) -> float:
    table, _ = ft.dfs(
        entityset=shop,
        target_dataframe_name="customers",
        agg_primitives=["count", "sum", "time_since_last"],
        where_primitives=["count"],
        trans_primitives=[],
        cutoff_time=as_of,
        training_window=None if days is None else f"{days} days",
        include_cutoff_time=False,
    )
    totalled = [
        "COUNT(events)",
        "COUNT(events WHERE event_name = purchase)",
        "COUNT(events WHERE is_evening = True)",
        "SUM(events.revenue)",
    ]
    return float(table[totalled].fillna(0).astype("float64").sum().sum())


def _edge(as_of: datetime, days: int) -> datetime:
    return as_of - timedelta(days=days)


PEERS = {"pandas": with_pandas, "polars": with_polars, "featuretools": with_featuretools}

if __name__ == "__main__":
    peer, path, moment = sys.argv[1:]
    began = time.monotonic()
    total = PEERS[peer](path, datetime.fromisoformat(moment))
    print(json.dumps({"seconds": time.monotonic() - began, "total": total}))
