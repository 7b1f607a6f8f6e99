from pathlib import Path

import great_expectations as gx
import pytest

from tessera.gates.suites import SuiteError, load_suite

DATA = Path(__file__).parent / "data"
NOT_NULL = "expect_column_values_to_not_be_null"


def test_a_suite_keeps_the_order_and_the_words_of_its_file():
    suite = load_suite(DATA / "expectations/parcels.yml")
    assert (suite.relation, suite.key) == ("parcels", "parcel_id")
    assert suite.parameters == ("parcels_rows_floor",)
    first, second = suite.entries[:2]
    assert first.expectation_id == "parcels.rows"
    assert first.column_name is None
    assert (second.column_name, second.severity) == ("parcel_id", "critical")
    assert second.description == "A parcel is listed once."


def test_an_id_used_twice_is_named(write_suite, entry):
    twice = [entry(NOT_NULL, f"{{column: {name}}}", "orders.same") for name in "ab"]
    with pytest.raises(SuiteError, match=r"more than once: \['orders\.same'\]"):
        load_suite(write_suite(twice))


def test_a_key_written_twice_is_refused(write_suite, entry):
    path = write_suite([entry(NOT_NULL, "{column: a, column: b}")])
    with pytest.raises(SuiteError, match=r"orders\.yml is not YAML[\s\S]*duplicate key"):
        load_suite(path)


def test_what_great_expectations_drops_is_named(write_suite, entry, monkeypatch):
    keep = gx.ExpectationSuite._process_expectation

    def drop_second(self, expectation):
        if expectation["id"] == "orders.b":
            raise gx.exceptions.InvalidExpectationConfigurationError("no")
        return keep(self, expectation)

    monkeypatch.setattr(gx.ExpectationSuite, "_process_expectation", drop_second)
    entries = [entry(NOT_NULL, f"{{column: {name}}}", f"orders.{name}") for name in "abc"]
    with pytest.raises(SuiteError, match=r"kept 2 of 3 entries; dropped: \['orders\.b'\]"):
        load_suite(write_suite(entries))


def test_a_suite_whose_name_is_not_its_files_is_refused(write_suite, entry, tmp_path):
    path = write_suite([entry(NOT_NULL, "{column: a}")])
    with pytest.raises(SuiteError, match="name is 'orders', not 'customers'"):
        load_suite(path.rename(tmp_path / "customers.yml"))


def test_an_empty_suite_is_refused(write_suite):
    with pytest.raises(SuiteError, match="holds no expectations"):
        load_suite(write_suite([]))


def test_a_missing_file_names_its_neighbours():
    with pytest.raises(SuiteError, match="did you mean 'parcels'"):
        load_suite(DATA / "expectations/parcel.yml")
