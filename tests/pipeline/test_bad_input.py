"""Bad input ends in a clear error or a quarantined row; readers keep the last good release."""

import re

REJECTED = """
select feed_row, rejected_column, rejected_value, rejected_reason
from staging.rejected_rows where feed = 'orders' order by feed_row
"""
ACCOUNT = """
select rows_in, rows_kept, rows_duplicate, rows_rejected
from staging.feed_accounting where feed = 'orders'
"""
CORE = (
    "+gate_core",
    "+rejected_rows",
    "--indirect-selection",
    "buildable",
    "--exclude-resource-type",
    "unit_test",
)
"""As far as any row of a feed can get, with its tests: the gate lets only good ones pass."""
TABLES = ("--resource-type", "model", "--resource-type", "seed")


def failing_messages(outcome):
    return "\n".join(
        [outcome.message, *(f"{node.name}: {node.message}" for node in outcome.failures)]
    )


def test_failed_gate_skips_what_is_downstream_and_leaves_yesterday_standing(built):
    before = built.published_tables()
    run_id = built.published("select distinct run_id from marts.customers")
    lines = built.read("orders").splitlines()
    built.write("orders", "\n".join(lines[: len(lines) * 2 // 5]) + "\n")

    outcome = built.build()

    assert [node.test_name for node in outcome.failures] == ["gate_passes"]
    skipped = {node.name for node in outcome.nodes if node.status == "skipped"}
    assert {"customer_snapshots", "propensity_scores", "customer_segments", "releases"} <= skipped
    evidence = built.query(
        f"select expectation_id, observed_value from gates.gate_core "
        f"where run_id = '{outcome.run_id}' and not has_passed and severity = 'critical'"
    )
    assert ("orders.rows.floor", str(len(lines) * 2 // 5 - 1)) in evidence
    assert built.published_tables() == before
    assert built.published("select distinct run_id from marts.customers") == run_id
    assert built.query("select distinct run_id from marts.customers") == run_id


def test_a_missing_required_column_is_named_with_its_file_and_what_to_do(built):
    built.write("orders", built.read("orders").replace("amount", "total", 1))
    outcome = built.build()
    assert not outcome.has_succeeded
    said = failing_messages(outcome)
    assert "feed 'orders'" in said
    assert "orders.csv" in said
    assert "required column 'amount' is missing" in said
    assert "Add the column or rename" in said


def test_a_folder_without_orders_says_what_it_expected(unbuilt):
    (unbuilt.feeds / "orders.csv").unlink()
    outcome = unbuilt.build()
    assert "feed 'orders' is required and was not found" in failing_messages(outcome)


def test_rows_without_any_customer_reference_column_are_refused(unbuilt):
    unbuilt.write("orders", unbuilt.read("orders").replace("contact_id", "who", 1))
    assert "no column says whose row it is" in failing_messages(unbuilt.build())


def test_dirty_rows_are_set_aside_counted_and_told_apart(built):
    lines = built.read("orders").splitlines()
    header = lines[0].split(",")

    def row(**fact):
        return ",".join(fact.get(name, "") for name in header)

    good = {"contact_id": "weekly_01", "ordered_at": "2025-01-20T10:00:00", "amount": "10.00"}
    dirt = [
        row(order_id="dirt_1", **{**good, "amount": "twelve"}),
        row(order_id="dirt_2", **{**good, "ordered_at": "2099-01-01T00:00:00"}),
        row(order_id="dirt_3", **{**good, "contact_id": ""}),
        row(order_id="dirt_4", **{**good, "amount": ""}),
        row(order_id="dirt_5", **good, status="lost"),
        row(order_id="dirt_6", **good),
        row(order_id="dirt_6", **{**good, "amount": "11.00"}),
    ]
    built.write("orders", "\n".join([*lines, *dirt]) + "\n")
    clean = len(lines) - 1

    assert built.run("--select", *CORE, command="build") == {}
    assert built.query(REJECTED) == [
        (clean + 1, "amount", "xxxxxx", "is not a decimal(18,2)"),
        (clean + 2, "ordered_at", "9999-99-99x99:99:99", "lies after the start of this run"),
        (clean + 3, "customer reference", None, "names no customer"),
        (clean + 4, "amount", None, "is required and empty"),
        (clean + 5, "status", "xxxx", "is none of: completed, cancelled, returned"),
    ]
    assert built.query(ACCOUNT) == [(clean + 7, clean + 1, 1, 5)]
    assert built.query("select amount from core.orders where order_id = 'dirt_6'")[0][0] == 11


def test_an_empty_orders_file_builds_an_empty_shop_on_the_first_day(unbuilt):
    header = unbuilt.read("orders").splitlines()[0]
    for feed in unbuilt.feeds.iterdir():
        feed.unlink()
    unbuilt.write("orders", header + "\n")
    outcome = unbuilt.build()
    assert outcome.has_succeeded, failing_messages(outcome)
    assert unbuilt.published("select count(*) from marts.customer_segments") == [(0,)]
    assert ("orders.rows.some",) in unbuilt.published(
        "select expectation_id from marts.gate_results where not has_passed"
    )


def test_an_empty_orders_file_after_a_good_day_stops_the_build(built):
    built.write("orders", built.read("orders").splitlines()[0] + "\n")
    outcome = built.build()
    assert not outcome.has_succeeded
    red = built.query(
        "select expectation_id from gates.gate_core where not has_passed and severity = 'critical' "
        f"and run_id = '{outcome.run_id}'"
    )
    assert ("orders.rows.floor",) in red


def test_contacts_without_any_order_are_customers_too(unbuilt):
    header = unbuilt.read("orders").splitlines()[0]
    unbuilt.write("orders", header + "\n")
    (unbuilt.feeds / "order_lines.csv").unlink()
    outcome = unbuilt.build()
    assert outcome.has_succeeded, failing_messages(outcome)
    assert unbuilt.published("select count(*) > 100 from marts.customer_segments") == [(True,)]
    assert unbuilt.published("select count(*) from marts.customer_propensities") == [(0,)]


def test_a_time_with_an_offset_is_converted_to_utc(unbuilt):
    lines = unbuilt.read("orders").splitlines()
    moved = lines[1].replace("12:00:00", "12:00:00+02:00")
    assert moved != lines[1]
    unbuilt.write("orders", "\n".join([lines[0], moved]) + "\n")
    read = ("--select", "+path:models/core/orders.sql", *TABLES)
    assert unbuilt.run(*read, command="build") == {}
    assert unbuilt.query("select extract(hour from ordered_at) from core.orders") == [(10,)]


def test_a_row_that_begins_with_a_hash_is_a_row(unbuilt):
    lines = unbuilt.read("orders").splitlines()
    named = [f"#{line}" for line in lines[500:]]
    unbuilt.write("orders", "\n".join([*lines[:500], *named]) + "\n")
    read = ("--select", "+feed_accounting", *TABLES)
    assert unbuilt.run(*read, command="build", as_of="2024-01-02") == {}
    assert unbuilt.query(ACCOUNT) == [(len(lines) - 1, len(lines) - 1, 0, 0)]


def test_a_feed_that_cannot_be_read_as_a_whole_stops_the_build(unbuilt):
    unbuilt.write("orders", re.sub(r"(\d{4})-(\d\d)-(\d\d) ", r"\3.\2.\1 ", unbuilt.read("orders")))
    outcome = unbuilt.build()
    assert [node.test_name for node in outcome.failures] == ["gate_passes"]
    assert ("feed_accounting.rows_rejected.few",) in unbuilt.query(
        "select expectation_id from gates.gate_core where not has_passed and severity = 'critical'"
    )


def test_a_feed_that_lies_there_twice_is_not_read_twice(unbuilt):
    (unbuilt.feeds / "campaigns").mkdir()
    (unbuilt.feeds / "campaigns" / "1.csv").write_text(unbuilt.read("campaigns"))
    assert "feed 'campaigns' exists more than once" in failing_messages(unbuilt.build())
