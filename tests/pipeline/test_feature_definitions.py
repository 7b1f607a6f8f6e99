"""A definition that changes is told to readers, and no model of the old one scores."""

from __future__ import annotations

import duckdb
import pytest

MODELS = "select model_id from registry.{} order by all"
CHAMPIONS = "select model_id from registry.champion_models"
REGISTRIES = {"propensity_models": "propensity_scores", "segment_models": "segment_history"}
REDEFINED = """
select severity, has_passed from marts.gate_results
where expectation_id = 'feature_versions.replaced_in_run_id.not_now'
"""
# the periods that every window is made of: whatever is summed by them is defined anew
OTHER_WINDOWS = [7, 30, 90, 180, 365, 730]


def test_a_changed_definition_is_refused_until_models_are_trained_anew(built):
    before = {name: built.query(MODELS.format(name)) for name in REGISTRIES}
    windows = {"feature_windows_days": OTHER_WINDOWS}
    assert not built.run("--select", "models/features", "feature_definitions", **windows)
    failures = built.run("--select", *REGISTRIES.values(), **windows)
    assert sorted(failures) == sorted(REGISTRIES.values())
    assert all("train again, with a whole dbt build" in said for said in failures.values())
    outcome = built.build(**windows)
    assert outcome.has_succeeded, [(node.name, node.message) for node in outcome.failures]
    old = [model for models in before.values() for model in models]
    assert not set(built.query(CHAMPIONS)) & set(old)
    assert set(built.query(MODELS.format("propensity_models"))) > set(before["propensity_models"])
    changed = "select previous_version is not null from marts.feature_catalog where feature_name = "
    assert built.published(f"{changed} 'orders_count_30d'") == [(True,)]
    assert built.published(f"{changed} 'orders_count_730d'") == [(False,)]
    assert built.published(f"{changed} 'calendar_month'") == [(False,)]
    assert built.published(REDEFINED) == [("warning", False)]


def test_the_catalogue_has_a_row_per_feature_of_the_mart(first_build):
    features = first_build.published(
        "select column_name from (describe marts.customer_features) where column_name not in "
        "('customer_id', 'snapshot_at', 'run_id', 'as_of', 'scored_at') order by 1"
    )
    catalogued = first_build.published("select feature_name from marts.feature_catalog order by 1")
    assert catalogued == features
    assert len(features) >= 200
    unexplained = (
        "select feature_name from marts.feature_catalog "
        "where source_columns = '' and subject != 'calendar' or description not like '%.'"
    )
    assert first_build.published(unexplained) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("drop column orders_count_90d", "orders_count_90d is promised as bigint and is missing"),
        (
            "alter orders_count_90d type double",
            "orders_count_90d is promised as bigint and is double",
        ),
    ],
)
def test_a_broken_promise_is_told_by_name(built, change, said):
    with duckdb.connect(built.project.database) as connection:
        connection.execute(f"alter table marts.customer_features {change}")
    failures = built.run("--select", "test_name:keeps_its_promise", command="test")
    assert [said in " ".join(message.split()) for message in failures.values()] == [True]


def test_more_columns_than_promised_are_no_broken_promise(built):
    with duckdb.connect(built.project.database) as connection:
        connection.execute("alter table marts.customer_features add column crm_attr_more varchar")
    assert built.run("--select", "test_name:keeps_its_promise", command="test") == {}
