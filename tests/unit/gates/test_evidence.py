import json
from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pytest

from tessera import frames
from tessera.gates import EVIDENCE_SCHEMA
from tessera.gates.entries import UNEXPECTED_ROWS, Entry
from tessera.gates.evidence import evidence_rows, shown
from tessera.gates.pushdown import Outcome
from tessera.gates.suites import Suite

HASH = "9e107d9d372bb6826bd81d3542a419d6"


def outcome(result=None, *, has_passed=False, kind="expect_column_values_to_be_unique", **more):
    kwargs = more.pop("kwargs", {"column": "email"})
    entry = Entry("orders.it", kind, kwargs, "critical", "It holds.")
    return Outcome(entry, has_passed, kwargs, result or {}, **more)


def suite(*names):
    return Suite("orders", None, names, (), None)


def row(one, run, *names):
    (row,) = evidence_rows([one], suite(*names), "gate_core", run).to_dict("records")
    return row


@pytest.mark.parametrize(
    ("value", "visible"),
    [
        (3, 3),
        (np.int64(3), 3),
        (2.5, 2.5),
        (Decimal("2.50"), 2.5),
        (np.float64(0.1) + np.float64(0.2), 0.3),
        (True, True),
        (np.True_, True),
        (None, None),
        (datetime(2026, 2, 1, 10, tzinfo=UTC).replace(tzinfo=None), "2026-02-01 10:00:00"),
        (HASH, HASH),
        ([1, HASH], [1, HASH]),
    ],
)
def test_values_that_cannot_be_personal_are_shown(value, visible):
    assert shown(value) == visible


@pytest.mark.parametrize(
    ("value", "mask"),
    [
        ("zoe@example.org", "<text of 15>"),
        ("+49 170 1234567", "<text of 15>"),
        (HASH[:-1] + "g", "<text of 32>"),
        (date(1980, 5, 17), "<date>"),
        (b"zoe", "<bytes>"),
        ({"email": "zoe@example.org"}, {"email": "<text of 15>"}),
        (["zoe", 3], ["<text of 3>", 3]),
    ],
)
def test_values_that_may_be_personal_are_masked(value, mask):
    assert shown(value) == mask


def test_a_sample_is_a_list_of_masked_rows(run):
    offender = {"order_id": HASH, "email": "zoe@example.org", "amount": -1.0}
    found = row(outcome({"element_count": 3, "unexpected_count": 1}, sample=(offender,)), run)
    assert json.loads(found["unexpected_sample"]) == [
        {"order_id": HASH, "email": "<text of 15>", "amount": -1}
    ]
    assert found["observed_value"] == "1 of 3 rows"
    assert found["unexpected_count"] == 1


def test_names_of_features_are_shown_and_what_only_stands_in_their_column_is_not(run):
    features = ({"feature_name": "orders_count_7d", "level": "de"}, {"feature_name": "Zoe Doe"})
    found = row(outcome({"observed_value": 2}, sample=features), run, "feature_name")
    assert json.loads(found["unexpected_sample"]) == [
        {"feature_name": "orders_count_7d", "level": "<text of 2>"},
        {"feature_name": "<text of 7>"},
    ]


def test_an_observed_text_is_masked_and_a_type_or_column_name_is_not(run):
    largest = row(outcome({"observed_value": "zoe"}, kind="expect_column_max_to_be_between"), run)
    assert largest["observed_value"] == "<text of 3>"
    kind = "expect_column_values_to_be_of_type"
    assert row(outcome({"observed_value": "BIGINT"}, kind=kind), run)["observed_value"] == "BIGINT"
    kind = "expect_table_columns_to_match_set"
    columns = row(outcome({"observed_value": ["email", "id"]}, kind=kind), run)
    assert columns["observed_value"] == '["email", "id"]'


def test_a_failure_shows_its_reason_without_the_value_that_caused_it(run):
    reason = "Conversion Error: Could not convert string 'zoe@example.org' to INT32\nLINE 1: ..."
    found = row(outcome(failure=reason), run)
    assert found["observed_value"] == (
        "could not be checked: Conversion Error: Could not convert string <text of 15> to INT32"
    )
    assert not found["has_passed"]
    assert found["unexpected_sample"] is None


def test_a_failure_may_quote_what_the_suite_itself_spells(run):
    found = row(outcome(failure='The column "email" does not exist.'), run)
    assert found["observed_value"] == 'could not be checked: The column "email" does not exist.'


def test_what_was_expected_is_said_with_its_numbers(run):
    kwargs = {"column": "amount", "min_value": 0, "mostly": 0.99}
    found = row(outcome(kind="expect_column_values_to_be_between", kwargs=kwargs), run)
    assert found["expected"] == "column values to be between: min_value = 0, mostly = 0.99"
    assert found["column_name"] == "amount"


def test_a_query_is_expected_to_find_nothing(run):
    kwargs = {"unexpected_rows_query": "select *\nfrom {batch}"}
    found = row(outcome({"observed_value": 2}, kind=UNEXPECTED_ROWS, kwargs=kwargs), run)
    assert found["expected"] == "no such rows"
    assert (found["observed_value"], found["unexpected_count"]) == ("2 rows", 2)


def test_no_row_of_an_empty_table_is_unexpected(run):
    found = row(outcome({"element_count": 0, "unexpected_count": None}, has_passed=True), run)
    assert (found["observed_value"], found["unexpected_count"]) == ("0 of 0 rows", 0)


def test_rows_fit_the_declared_schema_with_and_without_counts(run):
    found = [outcome({"observed_value": 3}), outcome({"element_count": 1, "unexpected_count": 1})]
    table = frames.typed(evidence_rows(found, suite(), "gate_core", run), EVIDENCE_SCHEMA)
    assert table.column("unexpected_count").to_pylist() == [None, 1]
    assert table.column("checked_at").to_pylist() == [run.run_started_at.to_pydatetime()] * 2
