from dataclasses import replace

import pandas as pd
import pytest

from tessera.gates import GateNotPassed, require_passed


class Relation:
    """What ``dbt.ref("gate_core")`` returns, as far as the gate reads it."""

    def __init__(self, rows):
        columns = ["run_id", "gate", "relation", "expectation_id", "severity", "has_passed"]
        columns += ["observed_value", "expected", "description", "checked_at"]
        self._frame = pd.DataFrame(rows, columns=columns)

    def df(self):
        return self._frame


def row(run, name="orders.rows", *, severity="critical", has_passed=True):
    words = ("1", "table row count to be between: min_value = 2", "Half of last time.")
    head = (run.run_id, "gate_core", "orders", name, severity, has_passed)
    return (*head, *words, run.run_started_at)


def test_a_green_gate_lets_the_caller_through(run):
    require_passed(Relation([row(run)]), run)


def test_warnings_do_not_close_a_gate(run):
    require_passed(Relation([row(run), row(run, "x", severity="warning", has_passed=False)]), run)


def test_a_red_gate_names_what_failed_and_where_to_look(run):
    with pytest.raises(GateNotPassed) as raised:
        require_passed(Relation([row(run, "fine"), row(run, has_passed=False)]), run)
    assert str(raised.value) == (
        "gate_core is closed: critical expectations failed: 1\n"
        "  orders.rows: Half of last time.\n"
        "    observed 1; expected table row count to be between: min_value = 2\n"
        "  look at: select * from gates.gate_core where not has_passed"
    )


def test_many_failures_are_counted(run):
    rows = [row(run, f"orders.{number:02}", has_passed=False) for number in range(12)]
    with pytest.raises(GateNotPassed, match=r"orders\.09[\s\S]*and 2 more"):
        require_passed(Relation(rows), run)


def test_a_gate_of_another_run_does_not_count(run):
    with pytest.raises(GateNotPassed) as raised:
        require_passed(Relation([row(replace(run, run_id="run-1"))]), run)
    assert str(raised.value) == (
        "gate_core was last checked in run run-1, the data are of run run-2: "
        "run `dbt build`, or include the gate in the selection"
    )


def test_a_gate_that_never_ran_is_closed(run):
    with pytest.raises(GateNotPassed, match="has never been checked"):
        require_passed(Relation([]), run)


def test_a_red_gate_of_an_earlier_run_is_forgiven(run):
    past = row(replace(run, run_id="run-1"), has_passed=False)
    require_passed(Relation([past, row(run)]), run)
