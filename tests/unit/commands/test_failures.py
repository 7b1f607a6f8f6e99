"""Why a build stopped is said in our own words, and readers are told that they are safe."""

import pandas as pd
import pytest
from rich.console import Console

from tessera.commands.failures import failure_report, plain_message
from tessera.commands.outcomes import BuildOutcome, NodeOutcome

EVIDENCE = pd.DataFrame(
    {
        "gate": ["gate_core", "gate_core"],
        "expectation_id": ["orders.rows", "orders.amount.not_null"],
        "severity": ["critical", "warning"],
        "description": ["A day has orders.", None],
        "observed_value": ["0", "[0.2]"],
        "expected": ["at least 1", "at most 0.1"],
        "unexpected_count": pd.array([None, 1200], dtype="Int64"),
        "unexpected_sample": [
            '[{"feature_name": "orders_count_7d", "rule": "asks_the_clock", "snapshot_at": null}]',
            None,
        ],
    }
)


def shown(outcome: BuildOutcome, evidence: dict, tmp_path) -> str:
    console = Console(record=True, width=100)
    link, log = tmp_path / "tessera.duckdb", tmp_path / "dbt.log"
    console.print(failure_report(outcome, evidence, link, log))
    return console.export_text()


def a_node(**known) -> NodeOutcome:
    return NodeOutcome(
        **{"name": "orders", "kind": "model", "stage": "core", "status": "error", "seconds": 1.0}
        | known
    )


@pytest.mark.parametrize(
    ("message", "plain"),
    [
        (
            (
                "Compilation Error in model base_feeds__orders (models/x.sql)\n"
                "  feed 'orders' is required\n  \n"
                "  > in macro absent_feed (macros/feeds/parse_feed.sql)\n"
                "  > called by model base_feeds__orders (models/x.sql)"
            ),
            "feed 'orders' is required",
        ),
        (
            "Runtime Error in model scores (models/x.sql)\n  Invalid Input Error: gate_core is red",
            "gate_core is red",
        ),
        (
            (
                "Runtime Error in model releases (python_models/publishing/releases.py)\n"
                "  Python model failed:\n  Traceback (most recent call last):\n"
                '    File "model.py", line 3, in model\n      raise it\n'
                "  tessera.release_files.PublishingError: a release may need 9 MB\n"
                "  and has none"
            ),
            "a release may need 9 MB\nand has none",
        ),
        (
            (
                "Runtime Error in model features_messages (features_messages.sql)\n  Out of Memory "
                "Error: failed to pin block of size 256.0 KiB (2.7 GiB/2.8 GiB used)"
            ),
            (
                "2.8 GiB of memory were not enough for so many customers. Give DuckDB more, up "
                "to two thirds of the machine's: TESSERA_MEMORY=12GB; or let fewer customers keep "
                "past snapshots: the var history_customers"
            ),
        ),
        (
            (
                'IO Error: Could not set lock on file "/w/build.duckdb": Conflicting lock is held '
                "in /usr/bin/python3.11 (PID 4242) by user root. See also https://duckdb.org"
            ),
            (
                "/w/build.duckdb is open in another program (process 4242), perhaps in a build: "
                "let it end or close it, then try again"
            ),
        ),
        ("Got 3 results, configured to fail if != 0", "Got 3 results, configured to fail if != 0"),
    ],
)
def test_our_own_words_are_all_that_is_left_of_an_error(message, plain):
    assert plain_message(message) == plain


def test_a_red_gate_shows_what_was_observed_and_what_was_expected(tmp_path):
    gate = a_node(name="gate_passes_gate_core_", kind="test", stage="tests", status="fail")
    skipped = a_node(status="skipped")
    outcome = BuildOutcome("run", has_succeeded=False, nodes=(gate, skipped, skipped))
    text = shown(outcome, {"gate_passes_gate_core_": EVIDENCE}, tmp_path)
    assert "The gate gate_core is red" in text
    assert "orders.rows" in text
    assert "at least 1" in text
    assert "[0.2]" in text
    assert "1,200" in text
    assert "2 nodes that depend on what failed were not run" in text
    assert "Nothing has been published yet" in text


def test_readers_hear_that_their_release_is_untouched(tmp_path):
    (tmp_path / "tessera.duckdb").touch()
    outcome = BuildOutcome("run", has_succeeded=False, nodes=(a_node(message="no [orders]"),))
    text = shown(outcome, {}, tmp_path)
    assert "core: model orders" in text
    assert "no [orders]" in text
    assert "still the last good release" in " ".join(text.split())


def test_a_build_that_stopped_after_publishing_says_that_readers_see_it(
    tmp_path,
):
    (tmp_path / "run.duckdb").touch()
    (tmp_path / "tessera.duckdb").symlink_to("run.duckdb")
    outcome = BuildOutcome("run", has_succeeded=False, nodes=(a_node(),))
    text = " ".join(shown(outcome, {}, tmp_path).split())
    assert "already shows this build" in text
    assert "last good release" not in text


def test_red_gates_come_first_and_a_message_of_many_nodes_is_said_once(tmp_path):
    long = "a file could not be read, " * 3
    nodes = (
        a_node(name="products", message=long),
        a_node(name="orders", message="no such column"),
        a_node(name="contacts", message=long),
        a_node(name="gate_passes_gate_core_", kind="test", status="fail", message="Got 2 results"),
    )
    outcome = BuildOutcome("run", has_succeeded=False, nodes=nodes, message="no such column")
    text = shown(outcome, {"gate_passes_gate_core_": EVIDENCE}, tmp_path)
    told = (
        "gate_core is red",
        "model orders",
        "no such column",
        "model products",
        "model contacts",
    )
    places = [text.index(words) for words in told]
    assert places == sorted(places)
    assert text.count("no such column") == 1
    assert text.count("a file could not be read") == 3
    assert "Got 2 results" not in text


def test_a_red_gate_names_the_first_rows_that_broke_it(tmp_path):
    nodes = (a_node(name="gate_passes_gate_core_", kind="test", status="fail", message="Got 1"),)
    outcome = BuildOutcome("run", has_succeeded=False, nodes=nodes)
    words = shown(outcome, {"gate_passes_gate_core_": EVIDENCE}, tmp_path).split()
    assert "- feature_name orders_count_7d, rule asks_the_clock" in " ".join(words)


def test_an_error_before_any_node_is_said_too(tmp_path):
    outcome = BuildOutcome("run", has_succeeded=False, message="Parsing Error\n  no such var")
    assert "no such var" in shown(outcome, {}, tmp_path)


def test_a_misshapen_line_is_named_and_not_shown():
    said = plain_message(
        "Runtime Error in model m (m.sql)\n  Invalid Input Error: CSV Error on Line: 7\n"
        "  Original Line: 99,ann@example.com\n  Expected Number of Columns: 8 Found: 2\n"
        "  Possible fixes:\n  * ignore_errors\n  file = feeds/orders.csv\n  delimiter = ,"
    )
    assert said.startswith("feeds/orders.csv, line 7: expected 8 values, found 2. Every line")
    assert "ann@" not in said


def test_a_damaged_file_is_named_without_its_values():
    said = plain_message(
        "Runtime Error in model m (m.sql)\n  Invalid Input Error: Failed to read file "
        '"feeds/orders.parquet": Snappy decompression failure\n\n  compiled code at m.sql'
    )
    assert said == (
        "feeds/orders.parquet: the file is damaged (Snappy decompression failure). Deliver it again"
    )
    said = plain_message(
        "Invalid Input Error: Invalid string encoding found in Parquet file "
        '"feeds/orders.parquet": value "ann@\\xFF.com" is not valid UTF8!'
    )
    assert said == (
        "feeds/orders.parquet: holds text that is not UTF-8. "
        "Write the file again, its texts as UTF-8"
    )
