"""Two builds are compared customer by customer, found by their identifiers."""

import duckdb
import pytest

from benchmarks.connectors import reasons
from benchmarks.connectors.comparison import (
    PLAIN,
    VENDORS,
    ComparedColumn,
    compare_table,
    pair_customers,
)
from benchmarks.connectors.reasons import Reason, reason_of

SAME = [("a", "email", "x@x.example"), ("b", "phone", "1"), ("b", "email", "y@y.example")]


def build(connection, name, people, rows):
    """Attach a build with these identifiers, and a table of an amount and a word by customer."""
    connection.execute(f"attach ':memory:' as {name}")
    for schema in ("pii", "core", "marts"):
        connection.execute(f"create schema {name}.{schema}")
    connection.execute(
        f"create table {name}.pii.customer_identifiers "
        "(customer_id text, identifier_type text, identifier_value text)"
    )
    connection.executemany(f"insert into {name}.pii.customer_identifiers values (?, ?, ?)", people)
    connection.execute(
        f"create table {name}.core.customers as select distinct customer_id "
        f"from {name}.pii.customer_identifiers"
    )
    connection.execute(
        f"create table {name}.marts.facts (customer_id text, amount double, word text, run_id text)"
    )
    connection.executemany(f"insert into {name}.marts.facts values (?, ?, ?, '{name}')", rows)


@pytest.fixture
def builds():
    with duckdb.connect() as connection:
        yield connection


def compared(connection, plain, vendors, people=SAME, others=SAME):
    build(connection, PLAIN, people, plain)
    build(connection, VENDORS, others, vendors)
    counts = pair_customers(connection)
    return counts, compare_table(connection, "marts.facts", ())


def test_equal_rows_are_equal_and_stamps_of_the_run_do_not_count(builds):
    rows = [("a", 1.5, "x"), ("b", None, None)]
    counts, table = compared(builds, rows, rows)
    assert counts == (2, 2, 2)
    assert [(each.column, each.equal, each.rows, each.largest) for each in table.columns] == [
        ("customer_id", 2, 2, None), ("amount", 2, 2, None), ("word", 2, 2, None),
    ]  # fmt: skip


def test_a_value_that_one_build_lacks_differs_and_has_no_size(builds):
    _, table = compared(
        builds, [("a", 1.5, "x"), ("b", 2.0, "y")], [("a", 2.0, "x"), ("b", None, "z")]
    )
    told = {each.column: (each.differing, each.largest) for each in table.columns}
    assert told == {"customer_id": (0, None), "amount": (2, 0.5), "word": (1, None)}


def test_noise_of_binary_fractions_is_no_difference(builds):
    _, table = compared(builds, [("a", 0.1 + 0.2, "x")], [("a", 0.3, "x")])
    assert not any(each.differing for each in table.columns)


def test_a_customer_is_found_under_another_id_by_an_identifier(builds):
    others = [("c", "email", "x@x.example"), ("b", "phone", "1")]
    counts, table = compared(builds, [("a", 1.0, "x")], [("c", 1.0, "x")], others=others)
    assert counts == (2, 2, 2)
    assert [each.column for each in table.columns if each.differing] == ["customer_id"]


def test_a_customer_who_is_two_of_the_other_build_is_paired_with_neither(builds):
    others = [("a", "email", "x@x.example"), ("b", "phone", "1"), ("c", "email", "y@y.example")]
    rows = [("a", 1.0, "x")]
    counts, _ = compared(builds, rows, rows, others=others)
    assert counts == (1, 2, 3)


def test_a_difference_is_explained_up_to_the_share_of_rows_that_its_reason_allows(monkeypatch):
    reason = Reason("facts", "amount_.*", "cents are lost", 0.1)
    monkeypatch.setattr(reasons, "REASONS", (reason,))
    assert reason_of(ComparedColumn("facts", "amount_30d", 100, 90, 0.01)) is reason
    assert reason_of(ComparedColumn("facts", "amount_30d", 100, 89, 0.01)) is None
    assert reason_of(ComparedColumn("facts", "an_amount_30d", 100, 99, 0.01)) is None
    assert reason_of(ComparedColumn("others", "amount_30d", 100, 99, 0.01)) is None
