import pytest

from tessera.gates.entries import SuiteError
from tessera.gates.suites import load_suite

NOT_NULL = "expect_column_values_to_not_be_null"


def test_columns_of_a_pair_and_of_a_list_are_joined(write_suite, entry):
    pair = entry("expect_column_pair_values_to_be_equal", "{column_A: a, column_B: b}", "pair")
    many = entry("expect_compound_columns_to_be_unique", "{column_list: [a, b, c]}", "many")
    suite = load_suite(write_suite([pair, many]))
    assert [each.column_name for each in suite.entries] == ["a, b", "a, b, c"]


def test_a_misspelt_type_is_named_with_the_nearest_right_one(write_suite, entry):
    path = write_suite([entry("expect_column_values_to_not_be_nul", "{column: a}", "orders.a")])
    with pytest.raises(SuiteError) as raised:
        load_suite(path)
    assert str(raised.value) == (
        "orders.yml: entry 1 (orders.a): no expectation is called "
        "'expect_column_values_to_not_be_nul'; did you mean 'expect_column_values_to_not_be_null'?"
    )


def test_a_type_without_sql_for_duckdb_is_refused_with_the_way_out(write_suite, entry):
    path = write_suite(
        [entry("expect_column_values_to_match_regex", "{column: a, regex: x}", "orders.a")]
    )
    with pytest.raises(SuiteError, match="unexpected_rows_expectation"):
        load_suite(path)


@pytest.mark.parametrize("name", ["severity", "description", "id", "type"])
def test_an_entry_without_a_required_word_is_refused(name, tmp_path):
    words = {"type": NOT_NULL, "severity": "warning", "id": "orders.a", "description": "It is."}
    lines = [f"    {key}: {value}" for key, value in words.items() if key != name]
    path = tmp_path / "orders.yml"
    head = "name: orders\nexpectations:\n  - kwargs: {column: a}\n"
    path.write_text(head + "\n".join(lines))
    with pytest.raises(SuiteError, match=f"entry 1.*'{name}' is missing"):
        load_suite(path)


def test_an_unknown_severity_is_refused(write_suite, entry):
    with pytest.raises(SuiteError, match=r"'critcal' is none of .*did you mean 'critical'"):
        load_suite(write_suite([entry(NOT_NULL, "{column: a}", severity="critcal")]))


def test_a_misspelt_argument_is_named(write_suite, entry):
    with pytest.raises(SuiteError, match="no argument 'mosty'; did you mean 'mostly'"):
        load_suite(write_suite([entry(NOT_NULL, "{column: a, mosty: 0.9}")]))


def test_an_argument_of_the_wrong_type_is_named(write_suite, entry):
    with pytest.raises(SuiteError, match=r"orders\.it.*arguments do not fit.*mostly"):
        load_suite(write_suite([entry(NOT_NULL, "{column: a, mostly: nearly all}")]))


def test_a_missing_argument_is_named(write_suite, entry):
    with pytest.raises(SuiteError, match=r"arguments do not fit.*column field required"):
        load_suite(write_suite([entry(NOT_NULL)]))


def test_a_misspelt_key_is_named(tmp_path):
    path = tmp_path / "orders.yml"
    path.write_text(f"name: orders\nexpectations:\n  - {{type: {NOT_NULL}, kwarg: {{column: a}}}}")
    with pytest.raises(SuiteError, match="unknown key 'kwarg'; did you mean 'kwargs'"):
        load_suite(path)


def test_a_query_that_does_not_read_the_batch_is_refused(write_suite, entry):
    query = "{unexpected_rows_query: select 1}"
    with pytest.raises(SuiteError, match=r"must read from \{batch\}"):
        load_suite(write_suite([entry("unexpected_rows_expectation", query)]))


def test_a_parameter_inside_a_list_is_refused(write_suite, entry):
    kwargs = "{column: a, value_set: [{$PARAMETER: x}]}"
    with pytest.raises(SuiteError, match=r"'value_set' holds a \$PARAMETER inside a list"):
        load_suite(write_suite([entry("expect_column_values_to_be_in_set", kwargs)]))
