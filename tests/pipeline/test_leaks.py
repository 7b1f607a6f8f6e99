"""The leak audit on a whole build: nothing on the project as it is, and each mutation by name."""

import duckdb
import pytest
from rich.console import Console

from tessera.commands.audit_leaks import AuditRequest, audit_leaks
from tessera.features import read_queries
from tessera.leaks.audit import families_of, past_snapshots, read_law, rule_findings
from tessera.leaks.recomputation import recompute

# a model of this project, what is struck out of it, what is put in its place, a feature that leaks
MUTATIONS = {
    "orders_of_later": (
        "features_order_rhythm",
        "orders.known_at < snapshots.snapshot_at",
        "orders.ordered_at < snapshots.snapshot_at + interval '90' day",
        "orders_days_since_last",
    ),
    "periods_of_later": (
        "features_orders",
        "order_periods.known_period < snapshot_periods.snapshot_period",
        "order_periods.known_period < snapshot_periods.snapshot_period + 3",
        None,
    ),
    "versions_of_today": (
        "features_order_rhythm",
        "snapshots.snapshot_at <= orders.superseded_at",
        "orders.superseded_at = timestamp '9999-12-31'",
        "orders_days_since_first",
    ),
}


@pytest.fixture(scope="module")
def opened(first_build):
    with duckdb.connect(str(first_build.project.database), read_only=True) as connection:
        yield connection


def test_the_build_of_the_demo_shop_has_no_leak(first_build):
    found = first_build.query("select rule, detail from features.leak_findings")
    assert found == []


def test_no_feature_moves_at_past_snapshots(opened):
    queries, law = read_queries(opened), read_law(opened)
    for snapshot_at in past_snapshots(opened)[::6]:
        again = recompute(opened, queries, families_of(queries), law, snapshot_at)
        assert again.findings == ()
        assert sum(each.rows for each in again.deleted) > 0


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_mutated_model_is_found_by_the_rules(opened, mutation):
    model, before, after, feature = MUTATIONS[mutation]
    queries = read_queries(opened)
    assert before in queries[model]
    queries[model] = queries[model].replace(before, after)
    found = rule_findings(opened, queries, families_of(queries), read_law(opened))
    assert {each.subject_name for each in found} == {model}
    assert feature is None or any(feature in each.detail for each in found)


def test_the_audit_from_the_feeds_on_finds_nothing(first_build, monkeypatch):
    monkeypatch.setenv("TESSERA_DATABASE", str(first_build.project.database))
    monkeypatch.setenv("TESSERA_RELEASES", str(first_build.project.releases_folder))
    console = Console(width=120, record=True)
    request = AuditRequest(
        snapshots=("2024-11-01",),
        customers=None,
        target="ci",
        variables="",
        is_static=False,
        is_strict=True,
    )
    assert audit_leaks(request, console) == 0
    assert "No feature moved when the future was deleted" in console.export_text()
