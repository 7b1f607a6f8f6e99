"""Does it all hold together? Whole builds of the demo shop by dbt's own runner."""

import re

import duckdb
import pytest
from readings import project_as_read

from tessera.commands.dbt_build import run_dbt_build

MODELS = "select model_id, trained_at, run_id from registry.propensity_models order by all"
SEGMENTS = "select model_id, trained_at, run_id from registry.segment_models order by all"

# the second run holds volumes against the first, so what is expected differs, and nothing else
PASSED = "select expectation_id, has_passed, observed_value from marts.gate_results order by all"


def test_everything_is_published_by_the_first_build(first_build):
    tables = first_build.published_tables()
    assert sorted(tables) == [
        "calendar_days",
        "customer_features",
        "customer_propensities",
        "customer_segment_history",
        "customer_segments",
        "customers",
        "family_values",
        "feature_catalog",
        "feature_values",
        "gate_results",
        "identity_merges",
        "identity_report",
        "kept_promises",
        "label_supply",
        "lead_times",
        "model_importances",
        "model_scorecards",
        "profile_scores",
        "propensity_backtests",
        "risk_band_promises",
        "segment_calibrations",
        "segment_candidates",
        "segment_comparison",
        "segment_contracts",
        "segment_deciles",
        "segment_drivers",
        "segment_economics",
        "segment_hierarchy",
        "segment_lineage",
        "segment_map",
        "segment_members",
        "segment_migrations",
        "segment_months",
        "segment_profiles",
        "segment_shifts",
    ]
    # nobody in the demo shop turns out to be somebody else
    assert [name for name, rows in tables.items() if not rows] == ["identity_merges"]


def test_second_build_is_identical_and_trains_nothing(built):
    passed = built.published(PASSED)
    before, models, segments = built.published_tables(), built.query(MODELS), built.query(SEGMENTS)
    outcome = built.build_untested()
    assert outcome.has_succeeded
    assert built.published("select distinct run_id from marts.customers") == [(outcome.run_id,)]
    after = built.published_tables()
    assert {name for name in before if before[name] != after[name]} <= {"gate_results"}
    assert built.published(PASSED) == passed
    assert built.query(MODELS) == models
    assert built.query(SEGMENTS) == segments


def poisoned_orders(shop):
    """Every customer orders for a fortune, at the very instant of as_of and every week after it."""
    customers = shop.query("select identifier_value from pii.customer_identifiers group by 1")
    header = shop.read("orders").splitlines()[0].split(",")
    for number, (contact,) in enumerate(customers):
        for day in ("01T00:00:00", "08T12:00:00", "15T12:00:00"):
            fact = {
                "order_id": f"poison_{number}_{day}",
                "contact_id": contact,
                "ordered_at": f"2025-02-{day}",
                "amount": "99999.00",
            }
            yield ",".join(fact.get(name, "") for name in header)


def test_poisoned_future_changes_nothing(built):
    before = built.published_tables()
    header, *orders = built.read("orders").splitlines()
    poison = list(poisoned_orders(built))
    # and what is written down later: restatements, and an old order that nobody knew of
    restated = [order.replace(",completed", ",cancelled") for order in orders[::10]]
    late = [orders[0].replace("1001,", "late_1001,", 1)]
    rows = [f"{order}," for order in [*orders, *poison]]
    rows += [f"{order},2025-02-10 08:00:00" for order in [*restated, *late]]
    built.write("orders", "\n".join([f"{header},recorded_at", *rows]) + "\n")
    assert built.build_untested().has_succeeded
    after = built.published_tables()
    assert {name for name in before if before[name] != after[name]} <= {"gate_results"}


def test_a_replayed_day_has_the_features_of_the_snapshot_of_that_day(built):
    features = built.query(
        "select * exclude (customer_snapshot_id) from features.customer_features "
        "where snapshot_at = timestamp '2025-01-01' order by customer_id"
    )
    assert features
    outcome = built.build(as_of="2025-01-01")
    assert outcome.has_succeeded, [(node.name, node.message) for node in outcome.failures]
    replayed = built.published(
        "select * exclude (run_id, as_of, scored_at) from marts.customer_features "
        "order by customer_id"
    )
    assert replayed == features
    # and of promises only its own, though those of a month later are remembered
    scored = "select distinct snapshot_at::date::varchar, realised_as_of is null from "
    assert built.published(f"{scored} marts.kept_promises") == [("2025-01-01", True)]
    assert {day for day, _ in built.query(f"{scored} registry.kept_promises")} == {"2025-01-01"}
    remembered = built.query(
        "select distinct snapshot_at::date::varchar from registry.remembered_scores"
    )
    assert sorted(remembered) == [("2025-01-01",), ("2025-02-01",)]


def test_what_was_promised_a_month_ago_stands_beside_what_happened(built):
    with duckdb.connect(built.project.database) as connection:
        # as if the scores of today had been given on New Year's Day
        connection.execute(
            "update registry.remembered_scores "
            "set snapshot_at = '2025-01-01', closes_at = '2025-01-31'"
        )
    record = ["promise_outcomes", "kept_promises", "published_kept_promises", "model_scorecards"]
    assert built.run("--select", *record) == {}
    ordered = "select count(distinct customer_id) from core.orders where is_purchase and"
    ((buyers,),) = built.query(
        f"{ordered} ordered_at between '2025-01-01' and '2025-01-30 23:59:59'"
    )
    ((again, positives),) = built.query(
        "select distinct customers_seen_again, positives from marts.kept_promises "
        "where target = 'churn_30d'"
    )
    assert 0 < again - positives <= buyers
    shown = built.query(
        "select is_champion and split = 'all_origins', "
        "abs(promised_value + gap - realised_value) < 1e-9 "
        "from marts.model_scorecards where realised_value is not null group by all"
    )
    assert shown == [(True, True)]


def features_at(shop, day):
    return shop.query(
        "select * exclude (customer_snapshot_id) from features.customer_features "
        f"where snapshot_at = timestamp '{day}' order by customer_id"
    )


def test_a_replay_and_a_later_build_see_a_restated_order_alike(built):
    """In January orders are cancelled, made dearer, and delivered again as they were."""
    before = features_at(built, "2025-02-01")
    header, *orders = built.read("orders").splitlines()
    cancelled = [order.replace(",completed", ",cancelled") for order in orders[::10]]
    dearer = [re.sub(r",(\d+\.\d\d),", r",9\1,", order, count=1) for order in orders[5::10]]
    rows = [f"{order}," for order in orders]
    rows += [f"{order},2025-01-15 08:00:00" for order in [*cancelled, *dearer, *orders[1::10]]]
    built.write("orders", "\n".join([f"{header},recorded_at", *rows]) + "\n")

    assert built.run("--select", "+customer_features", as_of="2025-01-01") == {}
    replayed = features_at(built, "2025-01-01")
    assert built.run("--select", "+customer_features", as_of="2025-02-01") == {}
    assert features_at(built, "2025-01-01") == replayed != []
    assert features_at(built, "2025-02-01") != before


def test_a_release_waits_for_every_other_model():
    nodes = project_as_read({"predict": ["churn_30d"]}).nodes
    models = {name for name, node in nodes.items() if node.resource_type == "model"}
    waited_for, to_visit = set(), ["model.tessera.releases"]
    while to_visit:
        node = nodes.get(to_visit.pop())  # a source depends on nothing
        parents = [] if node is None else node.depends_on_nodes
        to_visit += [parent for parent in parents if parent not in waited_for]
        waited_for.update(parents)
    assert models - waited_for == {"model.tessera.releases"}


def test_gates_cannot_be_left_out_of_a_release(built):
    """`dbt run` runs no tests; what it makes without gates must not reach the readers."""
    before = built.published_tables()
    built.write("orders", re.sub(r",\d+\.\d\d,", ",0.00,", built.read("orders")))
    failures = built.run("--select", "models/staging", "models/core", "models/marts", "releases")
    assert list(failures) == ["releases"]
    assert built.query("select sum(amount) from core.orders") == [(0,)]
    assert "has been published already" in failures["releases"]
    assert built.published_tables() == before


def test_a_lone_orders_feed_is_enough_and_its_addresses_stay_in_pii(unbuilt):
    lines = unbuilt.read("orders").splitlines()
    header = lines[0].split(",")
    kept = [header.index(name) for name in ("order_id", "ordered_at", "amount", "contact_id")]
    rows = [[line.split(",")[position] for position in kept] for line in lines[1:]]
    for feed in unbuilt.feeds.iterdir():
        feed.unlink()
    text = "\n".join(
        f"{order_id},{ordered_at},{amount},{contact}@example.com"
        for order_id, ordered_at, amount, contact in rows
    )
    unbuilt.write("orders", "order_id,ordered_at,amount,email\n" + text + "\n")
    outcome = unbuilt.build_unpredicted()
    assert outcome.has_succeeded, [(node.name, node.message) for node in outcome.failures]
    assert "@" not in str(unbuilt.published_tables())
    identifiers = unbuilt.query("select identifier_value from pii.customer_identifiers")
    assert any("@" in value for (value,) in identifiers)


def test_every_dbt_unit_test_passes(built):
    assert built.run("--select", "test_type:unit", command="test") == {}


@pytest.mark.parametrize(
    "variable",
    ["as_of: tomorrow", "feature_windows_days: weekly", "feature_profile: no'such"],
)
def test_a_var_that_cannot_be_is_refused_in_words(unbuilt, variable):
    name, value = variable.split(": ")
    outcome = run_dbt_build(
        unbuilt.project, "ci", str(unbuilt.feeds), {name: value}, lambda *_: None, is_full=False
    )
    assert not outcome.has_succeeded
    said = outcome.message + " ".join(node.message for node in outcome.failures)
    assert f"var '{name}' must be" in said
