"""A shop of two customers, and builds of single feature queries in it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from tessera.leaks.law import law_of
from tessera.leaks.recomputation import recompute
from tessera.leaks.rules import broken_rules

HERE = Path(__file__).parent
MARCH = datetime(2024, 3, 1)  # noqa: DTZ001 - as the warehouse has it
LAW = law_of(
    [
        ("core.order_versions", "known", "known_at", ""),
        ("core.order_versions", "until", "superseded_at", ""),
        ("core.tickets", "known", "known_at", ""),
        ("core.tickets", "later", "outcome_known_at", "status,is_resolved,satisfaction_score"),
        ("core.contacts", "known", "valid_from", ""),
        ("core.contacts", "until", "valid_to", ""),
        ("core.web_events", "known", "known_at", ""),
        ("identity.customer_identities", "known", "valid_from", ""),
        ("core.products", "undated", None, ""),
    ]
)
SPINE = {
    name: (HERE / f"spine/{name}.sql").read_text()
    for name in ("periods", "period_days", "snapshot_periods", "order_periods")
}


@dataclass(frozen=True)
class Shop:
    """The shop, built with one family more."""

    connection: duckdb.DuckDBPyConnection
    queries: dict
    family: str

    @property
    def columns(self):
        rows = self.connection.sql(
            "select table_schema || '.' || table_name, column_name from information_schema.columns "
            "where table_catalog = current_database() order by 1, ordinal_position"
        ).fetchall()
        found = {}
        for relation, name in rows:
            found.setdefault(relation, []).append(name)
        return found

    def broken(self):
        return broken_rules(self.queries, [self.family], LAW, self.columns)

    def recomputed(self, at=MARCH, limit=500):
        return recompute(self.connection, self.queries, [self.family], LAW, at, limit)


@pytest.fixture
def shop_with():
    """Build the shop with a query as its only family."""
    connections = []

    def build(family, query, **models):
        connection = duckdb.connect()
        connections.append(connection)
        connection.execute((HERE / "shop.sql").read_text())
        queries = {**SPINE, **models, family: query}
        for name, each in queries.items():
            connection.execute(f"create table features.{name} as {each}")
        connection.execute(
            "create table features.customer_features as select snapshots.* exclude (is_newest), "
            "made.* exclude (customer_snapshot_id) from features.customer_snapshots as snapshots "
            f"left join features.{family} as made using (customer_snapshot_id)"
        )
        return Shop(connection, queries, family)

    yield build
    for connection in connections:
        connection.close()
