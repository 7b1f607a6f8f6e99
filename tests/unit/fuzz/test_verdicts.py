import pytest

from benchmarks.fuzz.builds import Account
from benchmarks.fuzz.verdicts import Ending, judge
from tessera.commands.outcomes import BuildOutcome, NodeOutcome

GOOD = [Account("orders", 10, 7, 2, 1)]


def stopped(message, **node):
    kind = {"name": "base_feeds__orders", "kind": "model", "stage": "staging", "status": "error"}
    return BuildOutcome(
        "run",
        has_succeeded=False,
        nodes=(NodeOutcome(**kind | node, seconds=0.1, message=message),),
    )


def verdict(outcome, accounts=(), counted=None):
    return judge(outcome, accounts, counted or {}, {"orders"}, {"ada@example.com"})


def test_a_build_whose_rows_are_accounted_for_is_clean():
    done = BuildOutcome("run", has_succeeded=True)
    assert verdict(done, GOOD, {"orders": 10}).ending is Ending.CLEAN


@pytest.mark.parametrize(
    ("accounts", "counted", "words"),
    [
        ([], {}, "no feed is accounted for"),
        ([Account("orders", 10, 7, 2, 0)], {}, "10 rows in are not the sum"),
        ([Account("orders", 10, 12, -3, 1)], {}, "10 rows in are not the sum"),
        (GOOD, {"orders": 11}, "10 rows read, 11 delivered"),
    ],
)
def test_a_build_that_loses_rows_is_a_crash(accounts, counted, words):
    found = verdict(BuildOutcome("run", has_succeeded=True), accounts, counted)
    assert found.ending is Ending.CRASH
    assert words in found.words


def test_a_message_that_names_the_feed_is_clear():
    found = verdict(stopped("Compilation Error in model m (m.sql)\n  feed 'orders': is cut off"))
    assert found.ending is Ending.CLEAR_ERROR
    assert found.words == "feed 'orders': is cut off"


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (
            "Runtime Error in model m (m.sql)\n  orders: overflow\n  LINE 10: select",
            "insides (LINE 10:)",
        ),
        ("Runtime Error in model m (m.sql)\n  overflow of a number", "names no feed"),
        ("Runtime Error in model m (m.sql)\n  orders: ada@example.com", "shows a person"),
        ("orders " + "x" * 3_000, "3,007 characters"),
    ],
)
def test_a_message_that_helps_nobody_is_a_crash(message, words):
    found = verdict(stopped(message))
    assert found.ending is Ending.CRASH
    assert words in found.words


def test_a_gate_may_be_red_but_no_other_test_may_fail():
    red = stopped("Got 1 result", kind="test", test_name="gate_passes")
    assert verdict(red).ending is Ending.RED_GATE
    broken = stopped("Got 3 results", name="unique_orders_order_id", kind="test", status="fail")
    assert verdict(broken).ending is Ending.CRASH
    assert "unique_orders_order_id" in verdict(broken).words


def test_a_build_that_fails_without_a_word_is_a_crash():
    assert verdict(BuildOutcome("run", has_succeeded=False)).ending is Ending.CRASH
