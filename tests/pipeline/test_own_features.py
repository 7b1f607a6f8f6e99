"""A file in models/features/own/ becomes a feature everywhere; one that looks ahead is stopped."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tessera.commands.dbt_build import run_dbt_build
from tessera.commands.project import Project

ROOT = Path(__file__).parents[2]
AS_OF = "2025-02-01"
FILES = ("dbt_project.yml", "profiles.yml", ".dbtignore")
FOLDERS = ("profiles", "macros", "models", "python_models", "seeds", "tests", "expectations")

BIG_ORDERS = """
select
    snapshots.customer_snapshot_id,
    count(orders.order_id) as orders_big_count_90d
from {{ ref('snapshots_due') }} as snapshots

left join {{ ref('order_versions') }} as orders
    on
        snapshots.customer_id = orders.customer_id
        and orders.amount >= 20
        and %s
        and {{ is_in_window('orders.ordered_at', 'snapshots.snapshot_at', 90) }}

group by snapshots.customer_snapshot_id
"""
LAWFUL = (
    "{{ is_current_at_snapshot('orders.known_at', 'orders.superseded_at', "
    "'snapshots.snapshot_at') }}"
)
LEAKING = "orders.superseded_at > snapshots.snapshot_at"


@dataclass(frozen=True)
class Workshop:
    """A copy of the project that a feature of one's own is written into, and a built shop."""

    project: Project
    shop: object

    def build(self, query):
        own = self.project.folder / "models/features/own/features_big_orders.sql"
        own.write_text(query)
        feeds, variables = str(self.shop.feeds), {"as_of": AS_OF, "predict": ["churn_30d"]}
        return run_dbt_build(self.project, "ci", feeds, variables, lambda *_: None, is_full=False)


@pytest.fixture
def workshop(built, tmp_path, monkeypatch):
    folder = tmp_path / "project"
    folder.mkdir()
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name)
    monkeypatch.setenv("DBT_TARGET_PATH", str(tmp_path / "target"))
    own = Project(folder, built.project.database, built.project.releases_folder)
    return Workshop(own, built)


def test_a_feature_of_ones_own_is_in_mart_catalogue_gates_models_and_audit(workshop):
    outcome = workshop.build(BIG_ORDERS % LAWFUL)
    assert outcome.has_succeeded, [(node.name, node.message) for node in outcome.failures]
    shop = workshop.shop
    by_hand = """
    select customers.customer_id, count(orders.order_id)
    from marts.customers as customers
    left join core.orders as orders
        on customers.customer_id = orders.customer_id and orders.amount >= 20
        and orders.ordered_at >= timestamp '2025-02-01' - interval 90 day
        and orders.known_at < timestamp '2025-02-01'
    group by all order by all
    """
    in_mart = "select customer_id, orders_big_count_90d from marts.customer_features order by all"
    assert shop.query(in_mart) == shop.query(by_hand)
    assert shop.published(
        "select family, is_own, description from marts.feature_catalog "
        "where feature_name = 'orders_big_count_90d'"
    ) == [
        (
            "features_big_orders",
            True,
            "Number of orders (big) in the 90 days before the snapshot; 0 when there were none.",
        )
    ]
    for table in (
        "features.feature_statistics where feature_name = 'orders_big_count_90d'",
        "registry.feature_versions where feature_name = 'orders_big_count_90d'",
        "registry.propensity_models where feature_names like '%\"orders_big_count_90d\"%'",
    ):
        assert shop.query(f"select count(*) > 0 from {table}") == [(True,)], table
    assert shop.query("select count(*) from features.leak_findings") == [(0,)]


def test_a_feature_of_ones_own_that_looks_ahead_is_not_published(workshop):
    before = workshop.shop.published("select distinct run_id from marts.customers")
    outcome = workshop.build(BIG_ORDERS % LEAKING)
    assert not outcome.has_succeeded
    assert "gate_customer_features" in str([node.name for node in outcome.failures])
    named = workshop.shop.query("select distinct feature_name from features.leak_findings")
    assert ("orders_big_count_90d",) in named
    assert workshop.shop.published("select distinct run_id from marts.customers") == before
