from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from tessera import frames
from tessera.gates import EVIDENCE_ORDER, EVIDENCE_SCHEMA, SuiteError, check, previous_volumes
from tessera.gates.checks import find_suites_folder

ROWS = "expect_table_row_count_to_be_between"
NOTHING = EVIDENCE_SCHEMA.empty_table().to_pandas()


@pytest.fixture
def suites(write_suite, entry):
    """A suite for the orders: half of last time's rows, and an address on most."""
    floor = entry(ROWS, "{min_value: {$PARAMETER: orders_rows_floor}}", "orders.rows")
    email = entry(
        "expect_column_values_to_not_be_null", "{column: email}", "orders.email", "warning"
    )
    return write_suite([floor, email]).parent


def earlier(run, rows, *, run_id="run-1", days=1, has_passed=True, severity="critical", **more):
    """One remembered row: how many orders an earlier run counted."""
    values = {
        **dict.fromkeys(EVIDENCE_SCHEMA.names, "…"),
        "run_id": run_id,
        "gate": "gate_core",
        "relation": "orders",
        "expectation": ROWS,
        "expectation_id": "orders.rows",
        "severity": severity,
        "has_passed": has_passed,
        "observed_value": str(rows),
        "unexpected_count": None,
        "feeds_folder": "demo",
        "checked_at": run.run_started_at - pd.Timedelta(days=days),
    }
    return pd.DataFrame([{**values, **more}])


def test_a_gate_writes_one_row_per_expectation_in_a_fixed_order(connection, orders, run, suites):
    found = check(connection, "gate_core", {"orders": orders}, run, NOTHING, suites)
    assert list(found["expectation_id"]) == ["orders.email", "orders.rows"]
    assert list(found["has_passed"]) == [False, True]
    assert list(found["severity"]) == ["warning", "critical"]
    assert set(found["gate"]) == {"gate_core"}
    assert set(found["run_id"]) == {"run-2"}
    assert frames.typed(found, EVIDENCE_SCHEMA).num_rows == 2


def test_checking_twice_in_one_run_keeps_one_set_of_rows(connection, orders, run, suites):
    once = check(connection, "gate_core", {"orders": orders}, run, NOTHING, suites)
    twice = check(connection, "gate_core", {"orders": orders}, run, once, suites)
    pd.testing.assert_frame_equal(once, twice)


def test_earlier_runs_are_remembered_as_they_were(connection, orders, run, suites):
    remembered = earlier(run, 5)
    found = check(connection, "gate_core", {"orders": orders}, run, remembered, suites)
    assert list(found["run_id"]) == ["run-1", "run-2", "run-2"]


def test_evidence_survives_the_warehouse(connection, orders, run, suites):
    once = check(connection, "gate_core", {"orders": orders}, run, NOTHING, suites)
    arrow = frames.typed(once, EVIDENCE_SCHEMA)
    connection.register("kept", arrow)
    back = frames.read(connection.sql("select * from kept"), EVIDENCE_ORDER)
    again = check(
        connection, "gate_core", {"orders": orders}, replace(run, run_id="run-3"), back, suites
    )
    assert frames.typed(again, EVIDENCE_SCHEMA).slice(0, 2) == arrow


def test_a_batch_that_lost_more_than_half_its_rows_fails(connection, orders, run, suites):
    def rows_passed(before):
        found = check(
            connection, "gate_core", {"orders": orders}, run, earlier(run, before), suites
        )
        (passed,) = found.query("run_id == 'run-2' and expectation_id == 'orders.rows'")[
            "has_passed"
        ]
        return passed

    assert rows_passed(6)
    assert not rows_passed(7)


def test_what_was_accepted_once_passes_until_there_is_more(connection, orders, run, write_suite):
    entry = (
        "{type: unexpected_rows_expectation, severity: critical, id: orders.paid, "
        "kwargs: {unexpected_rows_query: 'select amount from {batch} where amount < 0'}, "
        "meta: {may_be_accepted: true}, description: It holds.}"
    )
    suites, relations = write_suite([entry]).parent, {"orders": orders}

    def passed(number, before, *, accepts):
        later = replace(
            run,
            run_id=f"run-{number}",
            run_started_at=run.run_started_at + pd.Timedelta(days=number),
            accepts_volumes=accepts,
        )
        evidence = check(connection, "gate_core", relations, later, before, suites)
        return evidence.query("run_id == @later.run_id")["has_passed"].item(), evidence

    is_green, evidence = passed(3, NOTHING, accepts=False)
    assert not is_green
    is_green, evidence = passed(4, evidence, accepts=True)
    assert is_green
    is_green, evidence = passed(5, evidence, accepts=False)
    assert is_green
    assert set(evidence["unexpected_count"]) == {1}
    connection.execute("update core.orders set amount = -amount where amount = 5")
    assert not passed(6, evidence, accepts=False)[0]


def test_given_parameters_win(connection, orders, run, suites):
    found = check(
        connection,
        "gate_core",
        {"orders": orders},
        run,
        NOTHING,
        suites,
        parameters={"orders_rows_floor": 4},
    )
    assert list(found["has_passed"]) == [False, False]


def test_there_are_no_previous_volumes_before_the_first_run():
    assert previous_volumes(NOTHING, "gate_core", "demo") == {}


def test_previous_volumes_are_of_the_last_run(run):
    remembered = pd.concat(
        [earlier(run, 9, run_id="new", days=1), earlier(run, 5, run_id="old", days=2)]
    )
    assert previous_volumes(remembered, "gate_core", "demo") == {"orders": 9}


def test_previous_volumes_skip_other_feeds_other_gates_and_red_runs(run):
    remembered = pd.concat(
        [
            earlier(run, 5, run_id="green", days=4),
            earlier(run, 6, run_id="elsewhere", days=3, feeds_folder="other"),
            earlier(run, 7, run_id="another gate", days=2, gate="gate_features"),
            earlier(run, 8, run_id="red", days=1),
            earlier(run, 1, run_id="red", days=1, has_passed=False, expectation="expect_x"),
        ]
    )
    assert previous_volumes(remembered, "gate_core", "demo") == {"orders": 5}


def test_a_warning_does_not_switch_the_comparison_off(run):
    warned = earlier(run, 1, has_passed=False, severity="warning", expectation="expect_x")
    remembered = pd.concat([earlier(run, 5), warned])
    assert previous_volumes(remembered, "gate_core", "demo") == {"orders": 5}


def test_a_count_that_could_not_be_checked_is_no_volume(run):
    remembered = earlier(run, "could not be checked: …", severity="warning", has_passed=False)
    assert previous_volumes(remembered, "gate_core", "demo") == {}


def test_a_person_can_accept_that_the_volume_has_halved(connection, orders, run, suites):
    def is_red(looked_at):
        found = check(
            connection, "gate_core", {"orders": orders}, looked_at, earlier(run, 100), suites
        )
        now = found[(found["run_id"] == run.run_id) & (found["expectation_id"] == "orders.rows")]
        return not now["has_passed"].item()

    assert is_red(run)
    assert not is_red(replace(run, accepts_volumes=True))


def test_a_gate_without_relations_is_refused(connection, run, suites):
    with pytest.raises(SuiteError, match="gate_core is given no relation"):
        check(connection, "gate_core", {}, run, NOTHING, suites)


def test_suites_are_found_where_the_variable_says(monkeypatch, tmp_path):
    monkeypatch.setenv("TESSERA_EXPECTATIONS", str(tmp_path))
    assert find_suites_folder() == tmp_path


def test_a_stated_folder_that_is_not_there_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("TESSERA_EXPECTATIONS", str(tmp_path / "nowhere"))
    with pytest.raises(SuiteError, match="nowhere"):
        find_suites_folder()


def test_suites_are_found_beside_the_project_else_in_the_checkout(monkeypatch, tmp_path):
    monkeypatch.delenv("TESSERA_EXPECTATIONS", raising=False)
    monkeypatch.chdir(tmp_path)
    assert find_suites_folder() == Path(__file__).parents[3] / "expectations"
    (tmp_path / "expectations").mkdir()
    assert find_suites_folder() == tmp_path / "expectations"
