"""The page is one file, the same for the same answers, and no data can become markup."""

import json
import re
from base64 import b64encode
from hashlib import sha256

import pytest
from rich.console import Console

from tessera.commands.report import report
from tessera.report import QUERIES, Answer, Answers, page, render, report_of
from tessera.report.answers import unanswered


@pytest.fixture(autouse=True)
def _no_vega(monkeypatch):
    # the browser tests draw; here a page is text
    monkeypatch.setattr(page, "vega", lambda: "window.vegaEmbed = null;")


def test_the_same_answers_give_the_same_bytes(made):
    assert render(report_of(made)) == render(report_of(made))


def test_nothing_is_fetched_from_anywhere(made):
    html = render(report_of(made))
    assert re.findall(r"(?:src|href)=\"(?!#|data:)[^\"]*\"", html) == []
    assert re.findall(r"url\(|@import|fetch\(|XMLHttpRequest", html) == []


def test_only_the_script_of_the_page_may_run(made):
    html = render(report_of(made))
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    allowed = b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src &#39;sha256-{allowed}" in html or f"script-src 'sha256-{allowed}'" in html


def test_no_text_of_a_release_becomes_markup(made):
    evil = "</script><img src=x onerror=alert(1)>"
    spoilt = {
        name: Answer(
            answer.query,
            tuple(
                {k: evil if k in TEXTS and isinstance(v, str) else v for k, v in row.items()}
                for row in answer.rows
            ),
        )
        for name, answer in made.by_name.items()
    }
    html = render(report_of(Answers(spoilt)))
    assert "<img" not in html
    assert "&lt;img" in html
    for spec in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', html, re.DOTALL):
        json.loads(spec)


TEXTS = {
    *("segment_name", "description", "strategy", "kpi", "predicate_sql", "observed_value"),
    *("from_segment_name", "to_segment_name", "node_name", "reason", "x_axis", "expected"),
    *("family", "source_columns", "definition_sql", "owner", "baseline_name"),
}


def test_a_release_without_any_table_gives_a_page_of_sentences():
    html = render(report_of(unanswered(QUERIES)))
    assert "No customers yet" in html
    assert "This release has no table segment_profiles" in html
    assert html.count("<section id=") == 11


def test_a_release_whose_tables_are_empty_gives_a_page():
    html = render(report_of(Answers({query.name: Answer(query) for query in QUERIES})))
    assert html.count("<section id=") == 11


def test_no_figure_of_the_page_shares_its_id(made):
    ids = re.findall(r' id="([^"]+)"', render(report_of(made)))
    assert sorted(ids) == sorted(set(ids))


def test_the_command_writes_the_page_beside_the_release_and_says_where(made_link):
    console = Console(record=True, width=200)
    path = report(made_link, None, console)
    assert path == made_link.with_name("report.html")
    assert "report.html" in console.export_text()
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [*path.parent.glob("*.part")] == []
