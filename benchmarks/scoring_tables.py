"""Customers with every feature of the mart, drawn inside DuckDB: no shop, but as wide as one.

Every draw is a hash of what it is for, so the same size gives the same rows in any run.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

PROMISED = Path("models/marts/_customer_features.yml")
"""What the mart promises: names and types of its columns."""
LEVELS = ("AT", "CH", "DE", "FR", "IT", "NL")
TARGETS = {"churn_30d": 30, "purchase_30d": 30}
"""Names to days."""
EMPTY_SHARES = (0.0, 0.2, 0.6)
"""Shares of customers without a value; features take turns."""

# hash(number, draw) would not do: its values for two draws are bound to each other
_SHARE = """
create or replace temp macro share(number, draw) as
hash(number * 10000 + draw) / 18446744073709551616.0
"""

# Who has not ordered for long tends to leave, who orders often to buy, and one country is unlike.
_LABELS = """
select
    * exclude (number), share(number, 9001) < 0.95 as is_asked,
    share(number, 9002) < 1 / (1 + exp(2 - 0.4 * coalesce(orders_days_since_last, 9)
        + 0.3 * orders_count_90d + if(crm_country = 'DE', 1, 0))) as leaves,
    share(number, 9003) < 1 / (1 + exp(1 - 0.3 * orders_count_90d
        + 0.2 * coalesce(orders_days_since_last, 9))) as buys,
from drawn
"""

_TRAINING_SET = """
create view training_set as
select
    * exclude (is_asked, leaves, buys),
    if(is_asked, leaves, null) as label_churn_30d,
    if(is_asked, buys, null) as label_purchase_30d,
from customers
"""

_SCORING_SET = """
create view scoring_set as
select
    * exclude (is_asked, leaves, buys),
    is_asked as is_eligible_churn_30d, is_asked as is_eligible_purchase_30d,
from customers
"""


def draw_customers(connection: Any, customers: int) -> None:
    """Draw as many people with all features, as training set and as scoring set of two targets."""
    connection.execute(_SHARE)
    features = ",\n".join(_drawn(place, *each) for place, each in enumerate(_features().items()))
    connection.execute(
        f"""
        create table customers as
        with drawn as (
            select
                number, md5(number::varchar) as customer_id,
                timestamp '2026-01-01' as snapshot_at,
                {features}
            from range({customers}) people(number)
        )
        {_LABELS}
        """
    )
    connection.execute(_TRAINING_SET)
    connection.execute(_SCORING_SET)


def _features() -> dict[str, str]:
    """Return the name and type of each feature."""
    (model,) = yaml.safe_load(PROMISED.read_text(encoding="utf-8"))["models"]
    promised = {column["name"]: column["data_type"] for column in model["columns"]}
    keys = {"customer_id", "snapshot_at", "run_id", "as_of", "scored_at"}
    return {name: kind for name, kind in promised.items() if name not in keys}


def _drawn(place: int, name: str, kind: str) -> str:
    """Return a column as SQL: most customers have little of anything, a few have much."""
    share = f"share(number, {2 * place})"
    amount = f"-7 * ln(1 - {share})"
    value = {
        "bigint": f"floor({amount})::bigint",
        "boolean": f"{share} < 0.2",
        "varchar": f"({list(LEVELS)})[1 + floor(power({share}, 2) * {len(LEVELS)})::integer]",
    }.get(kind, f"({amount})::{kind}")
    empty = 0.0 if kind == "bigint" else EMPTY_SHARES[place % len(EMPTY_SHARES)]
    return (
        f"if(share(number, {2 * place + 1}) < {empty}, null, {value}) as {name}"
        if empty
        else (f"{value} as {name}")
    )
