import subprocess
import sys

import duckdb
import pytest

from tessera.gates import pushdown
from tessera.gates.connection import MAX_FETCHED_ROWS
from tessera.gates.suites import load_suite

NOT_NULL = "expect_column_values_to_not_be_null"
ROWS = "expect_table_row_count_to_be_between"
SQL = "unexpected_rows_expectation"


@pytest.fixture
def validated(connection, write_suite):
    """Validate a relation against entries and return the outcomes by id."""

    def validate(relation, entries, **parameters):
        suite = load_suite(write_suite(entries))
        outcomes = pushdown.validate(connection, relation, suite, parameters)
        return {outcome.entry.expectation_id: outcome for outcome in outcomes}

    return validate


def test_a_relation_in_a_schema_passes_and_fails(validated, orders, entry):
    found = validated(
        orders,
        [
            entry(NOT_NULL, "{column: amount}", "orders.amount"),
            entry(NOT_NULL, "{column: email}", "orders.email"),
            entry(NOT_NULL, "{column: email, mostly: 0.6}", "orders.most_emails"),
        ],
    )
    assert {name: each.has_passed for name, each in found.items()} == {
        "orders.amount": True,
        "orders.email": False,
        "orders.most_emails": True,
    }
    assert found["orders.email"].result["unexpected_count"] == 1


def test_outcomes_come_in_the_order_of_the_suite(validated, orders, entry):
    names = ["z", "a", "m"]
    entries = [entry(NOT_NULL, "{column: amount}", f"orders.{name}") for name in names]
    assert list(validated(orders, entries)) == ["orders.z", "orders.a", "orders.m"]


def test_an_open_transaction_is_neither_used_nor_harmed(connection, orders, write_suite, entry):
    session = connection.cursor()
    session.execute("begin")
    session.execute("create table noted as select 1 as one")
    impossible = "{unexpected_rows_query: 'select email::int from {batch} where email is not null'}"
    suite = load_suite(write_suite([entry(SQL, impossible)]))
    (outcome,) = pushdown.validate(session, orders, suite, {})
    assert "Conversion Error" in outcome.failure
    assert session.execute("select one from noted").fetchall() == [(1,)]
    session.execute("rollback")


def test_an_empty_table_fails_its_row_count_and_no_column(validated, orders, entry):
    found = validated(
        orders.filter("false"),
        [entry(ROWS, "{min_value: 1}", "rows"), entry(NOT_NULL, "{column: email}", "email")],
    )
    assert not found["rows"].has_passed
    assert found["email"].has_passed


def test_a_missing_column_is_a_failure_with_its_reason_and_not_an_error(validated, orders, entry):
    found = validated(
        orders, [entry(NOT_NULL, "{column: amuont}", "wrong"), entry(ROWS, "{}", "right")]
    )
    assert not found["wrong"].has_passed
    assert '"amuont"' in found["wrong"].failure
    assert found["right"].has_passed


def test_one_impossible_expectation_does_not_fail_its_neighbours(validated, orders, entry):
    between = "expect_column_values_to_be_between"
    found = validated(
        orders,
        [
            entry(between, "{column: email, min_value: 3}", "impossible"),
            entry(between, "{column: amount, min_value: -2}", "amount"),
            entry("expect_column_max_to_be_between", "{column: email, max_value: 3}", "crashes"),
        ],
    )
    assert [name for name, each in found.items() if each.failure] == ["impossible", "crashes"]
    assert found["amount"].has_passed


def test_parameters_are_filled_in(validated, orders, entry):
    floor = entry(ROWS, "{min_value: {$PARAMETER: orders_rows_floor}}", "rows")
    assert validated(orders, [floor], orders_rows_floor=3)["rows"].has_passed
    red = validated(orders, [floor], orders_rows_floor=4)["rows"]
    assert not red.has_passed
    assert red.kwargs == {"min_value": 4}


def test_a_missing_parameter_is_named_with_the_nearest_given_one(validated, orders, entry):
    floor = entry(ROWS, "{min_value: {$PARAMETER: order_rows_floor}}")
    with pytest.raises(pushdown.MissingParameterError, match="did you mean 'orders_rows_floor'"):
        validated(orders, [floor], orders_rows_floor=3)


def test_offenders_of_a_query_are_the_first_in_order(validated, connection, entry):
    numbers = connection.query("select 20 - range as number from range(20)")
    entries = [entry(SQL, "{unexpected_rows_query: 'select number from {batch}'}", "all")]
    found = validated(numbers, entries)["all"]
    assert found.result["observed_value"] == 20
    assert [row["number"] for row in found.sample] == [1, 2, 3, 4, 5]


def test_offenders_carry_the_key_of_the_suite(validated, orders, entry):
    negative = entry("expect_column_values_to_be_between", "{column: amount, min_value: 0}", "it")
    (offender,) = validated(orders, [negative])["it"].sample
    assert offender == {"order_id": "eccbc87e4b5ce2fe28308fd9f2a7baf3", "amount": -1.0}


def test_more_offending_rows_than_fit_are_counted_not_fetched(validated, connection, entry):
    many = connection.query(f"select range as n from range({MAX_FETCHED_ROWS * 2})")
    found = validated(many, [entry(SQL, "{unexpected_rows_query: 'select n from {batch}'}", "sql")])
    assert found["sql"].result["observed_value"] == MAX_FETCHED_ROWS * 2


def test_the_database_is_left_as_it_was(validated, connection, orders, entry):
    validated(orders, [entry(NOT_NULL, "{column: amount}")])
    tables = connection.execute("select table_name from information_schema.tables").fetchall()
    assert tables == [("orders",)]


def test_nothing_is_printed_and_importing_the_gates_is_cheap(tmp_path, entry, write_suite):
    path = write_suite([entry(NOT_NULL, "{column: nono}")])
    script = f"""
import sys, pathlib, duckdb
from tessera import gates
from tessera.gates import pushdown, suites
assert "great_expectations" not in sys.modules
connection = duckdb.connect()
orders = connection.query("select 1 as order_id")
suite = suites.load_suite(pathlib.Path({str(path)!r}))
pushdown.validate(connection, orders, suite, {{}})
"""
    done = subprocess.run(  # noqa: S603 - this very interpreter
        [sys.executable, "-W", "always::UserWarning", "-c", script],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ""
    if duckdb.__version__.startswith("1."):  # 2.0 prints 'nanobind: leaked' at exit, by itself
        assert done.stderr == ""
