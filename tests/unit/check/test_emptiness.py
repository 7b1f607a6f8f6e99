"""What a feed's absence costs follows from the lineage of the project, and from the features."""

import pytest

from tessera.check.emptiness import (
    AbsentFeed,
    EmptyMeasure,
    FeatureFacts,
    absent_feeds,
    empty_families,
    empty_tables,
)
from tessera.check.label_supply import Supply
from tessera.check.project_map import DeclaredFeed, Model, ProjectMap


def model(name, stage, *parents, **more):
    return Model(name, f'"build"."{stage}"."{name}"', stage, parents, **more)


@pytest.fixture
def project():
    """Orders and lines; features of either for every customer; a gate before all of it."""
    models = [
        model("base_feeds__orders", "staging"),
        model("base_feeds__order_lines", "staging"),
        model("run_context", "run context", "base_feeds__orders"),
        model("gate_core", "gates", "base_feeds__orders", "base_feeds__order_lines"),
        model("customers", "core", "base_feeds__orders"),
        model("customer_snapshots", "features", "customers", "gate_core", "run_context"),
        model("features_orders", "features", "customer_snapshots", "base_feeds__orders"),
        model("features_lines", "features", "customer_snapshots", "base_feeds__order_lines"),
        model(
            "customer_features",
            "features",
            "features_orders",
            "features_lines",
            "customer_snapshots",
        ),
        model("customer_segments", "marts", "customer_features", "gate_core"),
        model("customer_propensities", "marts", "customer_features", needs_labels=True),
        model("returns", "marts", "base_feeds__order_lines", "run_context", "gate_core"),
    ]
    feeds = tuple(DeclaredFeed(name, "", ()) for name in ("orders", "order_lines"))
    return ProjectMap(feeds, {model.name: model for model in models})


@pytest.fixture
def feeds(make_feed):
    """Orders came, lines did not."""
    absent = make_feed("order_lines", files=(), rows_in=0, rows_kept=0)
    return {"orders": make_feed("orders"), "order_lines": absent}


def test_a_feature_does_not_stand_on_the_feeds_that_only_say_who_exists(project):
    assert project.feeds_below("features_lines", not_through=["customer_snapshots"]) == (
        "order_lines",
    )
    assert project.feeds_below("features_lines") == ("orders", "order_lines")


def test_gates_and_the_run_give_nothing_on(project):
    assert project.feeds_below("returns") == ("order_lines",)


def test_features_that_say_nothing_are_grouped_by_measure_with_what_they_lack(project, feeds):
    families = {
        "features_orders": [FeatureFacts("orders_count_7d", True, False)],
        "features_lines": [
            FeatureFacts("lines_count_7d", has_values=True, is_constant=True),
            FeatureFacts("lines_count_lifetime", has_values=True, is_constant=False),
            FeatureFacts("lines_amount_avg_7d", has_values=False, is_constant=False),
        ],
    }
    (family,) = empty_families(families, project, feeds)
    assert (family.family, family.empty, family.features) == ("features_lines", 2, 3)
    assert family.measures == (
        EmptyMeasure("lines_amount_avg", 1, 1),
        EmptyMeasure("lines_count", 1, 2),
    )
    assert family.missing == ("order_lines",)


def test_an_empty_measure_of_a_feed_that_is_there_points_to_its_column(
    project, make_feed, make_column
):
    columns = [
        make_column("discount_amount", "decimal(18,2)", is_present=False, filled=0),
        make_column("shipping_amount", "decimal(18,2)", is_present=False, filled=0),
        make_column("is_discount", "boolean", is_constant=True),
    ]
    feeds = {"orders": make_feed(columns=columns)}
    silent = [FeatureFacts("orders_discounted_share_7d", has_values=True, is_constant=True)]
    (family,) = empty_families({"features_orders": silent}, project, feeds)
    assert family.missing == ("orders.discount_amount", "orders.is_discount (always the same)")


def test_a_table_is_empty_without_rows_in_any_of_its_feeds(project, feeds):
    assert empty_tables(project, feeds, None) == {"returns": "no rows in order_lines"}


def test_of_an_unreadable_feed_nothing_is_foretold(project, feeds, make_feed):
    broken = {**feeds, "order_lines": make_feed("order_lines", error="broken", rows_in=0)}
    assert empty_tables(project, broken, None) == {}
    assert absent_feeds(project, broken) == []


def test_predictions_are_empty_when_every_target_is_refused(project, make_feed):
    there = {"orders": make_feed("orders"), "order_lines": make_feed("order_lines")}
    none, enough = Supply("churn_30d", 30), Supply("purchase_30d", 30, 500, 500)
    assert empty_tables(project, there, [none]) == {
        "customer_propensities": "too few answers for churn_30d"
    }
    assert empty_tables(project, there, [none, enough]) == {}


def test_an_absent_feed_is_told_with_what_would_stand_on_it(project, feeds):
    assert absent_feeds(project, feeds) == [
        AbsentFeed("order_lines", families=("features_lines",), tables=("returns",))
    ]
