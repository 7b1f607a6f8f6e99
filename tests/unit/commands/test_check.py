"""The page of a check reads from problems to the next command; a pipeline reads the exit code."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from rich.console import Console

from tessera.check.emptiness import AbsentFeed, EmptyFamily, EmptyMeasure
from tessera.check.facts import FeedFacts, References
from tessera.check.finding import Finding, Severity
from tessera.check.findings import feed_findings
from tessera.check.label_supply import Supply
from tessera.check.project_map import DeclaredFeed, ProjectMap
from tessera.check.report import CheckReport, Learning
from tessera.check.vendor_facts import ConnectorFacts, VendorTable
from tessera.commands import CommandError
from tessera.commands.check import CheckRequest, exit_code, next_command
from tessera.commands.check_report import check_report
from tessera.commands.dbt_check import ThrowAwayBuild
from tessera.commands.first_look import NOT_COME_TO, feed_errors
from tessera.commands.outcomes import BuildOutcome, NodeOutcome
from tessera.commands.project import Project

STOP = Finding(Severity.STOPS, "orders", "feed 'orders' (orders.csv): no amount")
WARNING = Finding(Severity.WARNING, "products", "2 rows [bold] repeat a key", "Look at the key.")
NOTE = Finding(Severity.NOTE, "folder", "nothing reads x.xlsx")


def report(*findings, **more):
    orders = DeclaredFeed("orders", "One row per order.", ())
    lines = DeclaredFeed("order_lines", "One row per line.", ())
    feeds = [
        FeedFacts(orders, files=("orders.csv",), rows_in=1657, rows_kept=1650, rows_rejected=4),
        FeedFacts(lines),
    ]
    return CheckReport(folder="my/feeds", feeds=feeds, findings=findings, **more)


def shown(found, width=80):
    console = Console(record=True, width=width)
    console.print(check_report(found))
    return console.export_text()


def request(data="my feeds", variables=""):
    named = None if data is None else Path(data)
    return CheckRequest(
        data=named, target="dev", variables=variables, is_quick=False, is_strict=False
    )


@pytest.mark.parametrize(
    ("findings", "code", "strict_code"),
    [((), 0, 0), ((NOTE,), 0, 0), ((WARNING, NOTE), 0, 3), ((STOP, WARNING), 1, 1)],
)
def test_the_exit_code_tells_a_pipeline(findings, code, strict_code):
    found = report(*findings)
    assert exit_code(found, is_strict=False) == code
    assert exit_code(found, is_strict=True) == strict_code


def test_a_feed_whose_models_were_not_built_cannot_be_read():
    project = ProjectMap((DeclaredFeed("orders", "", ()), DeclaredFeed("costs", "", ())), {})
    names = ["base_feeds__orders", "stg_feeds__orders", "base_feeds__costs"]
    nodes = [NodeOutcome(name, "model", "staging", "success", 1.0) for name in names]
    skipped = NodeOutcome("stg_feeds__costs", "model", "staging", "skipped", 0.0)
    staging = BuildOutcome("run", has_succeeded=False, nodes=(*nodes, skipped))
    assert feed_errors(project, staging) == {"costs": NOT_COME_TO}


def test_a_dbt_command_that_failed_without_a_word_points_to_the_log(monkeypatch, tmp_path):
    silent = SimpleNamespace(success=False, exception=None, result=None)
    monkeypatch.setattr("tessera.commands.dbt_check.run_dbt", lambda *_: silent)
    project = Project(tmp_path, tmp_path / "build.duckdb", tmp_path)
    build = ThrowAwayBuild(project, "ci", "feeds", {}, lambda *_: None)
    with pytest.raises(CommandError, match=r"^dbt cannot go on: logs/dbt.log says why"):
        build.record_inventory(["orders"], [])


def test_the_next_command_is_the_build_or_the_same_check_again():
    assert next_command(report(), request()).endswith(" build --data 'my feeds'")
    assert next_command(report(STOP), request()).endswith(" check 'my feeds'")
    assert next_command(report(), request(None)).endswith(" build")


def test_the_overview_counts_every_row_and_names_absent_feeds():
    lines = shown(report()).splitlines()
    assert "my/feeds: 1 of 2 feeds" in lines[0]
    assert [line.split() for line in lines if line.startswith("order")][:2] == [
        ["orders", "1,657", "1,650", "3", "4"],
        ["order_lines", "no", "file"],
    ]


def test_a_problem_is_shown_as_it_is_with_what_to_do():
    text = shown(report(STOP, WARNING))
    assert "stops the build  feed 'orders' (orders.csv): no amount" in text
    assert "warning  products: 2 rows [bold] repeat a key" in text
    assert "→ Look at the key." in text
    assert "This cannot be built yet: 1 problem, 1 warning." in text


def test_what_was_learnt_is_shown_with_its_grade_and_its_want():
    family = EmptyFamily(
        "features_order_lines", 12, 7, (EmptyMeasure("lines_count", 1, 6),), ("order_lines",)
    )
    text = shown(
        report(
            learning=Learning(
                supplies=[Supply("churn_30d", 30, 99, 400, 60, 80, 12)], families=[family]
            ),
            tables={"customer_propensities": "too few answers for churn_30d"},
            absent=[AbsentFeed("order_lines", ("features_order_lines",), ())],
            references=[References("orders", 120, 120, (("contact_id", 119), ("email", 3)))],
        )
    )
    assert "no model" in next(line for line in text.splitlines() if "churn_30d   " in line)
    assert "7 of 12" in text
    assert "lines_count (1 of 6 windows)" in text
    assert "too few answers for churn_30d" in text
    assert "contact_id 119, email 3" in text
    assert "would stop a build, with no warnings." in text


def test_a_check_that_came_not_so_far_does_not_promise_a_build():
    assert "The gates were not asked" in shown(report())


def test_it_reads_well_on_a_narrow_terminal():
    lines = shown(report(WARNING), width=80).splitlines()
    assert max(len(line.rstrip()) for line in lines) <= 80
    assert not any("…" in line for line in lines)


def test_what_lies_in_vendors_exports_is_shown_table_by_table():
    order = VendorTable("order", 2, 1234, ("id",), ("landing_site", "note"))
    shopify = ConnectorFacts("shopify", tables=(order, VendorTable("refund")))
    lines = shown(report(connectors=[shopify, ConnectorFacts("ga4", error="no id")])).splitlines()
    (first,) = (line.split() for line in lines if line.startswith("shopify"))
    assert first == ["shopify", "order", "1,234", "landing_site,", "note"]
    assert any(line.split() == ["refund", "not", "there"] for line in lines)
    assert any(line.split() == ["ga4", "error"] for line in lines)


def test_one_reason_for_which_several_feeds_cannot_be_read_is_told_once():
    feeds = [FeedFacts(DeclaredFeed(name, "", ()), error="no id") for name in ("orders", "costs")]
    assert [(each.subject, each.what) for each in feed_findings(feeds, [])] == [
        ("orders, costs", "no id")
    ]


def test_the_next_command_keeps_the_vars():
    asked = request(variables="connectors: [shopify]")
    assert next_command(report(), asked).endswith(
        "build --data 'my feeds' --vars 'connectors: [shopify]'"
    )
